import { performance } from 'node:perf_hooks'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect, OnResult } from '../dialects/dialect.ts'
import type { Statement } from '../operations/statement.ts'
import { conditionalAt } from './already-there.ts'
import type { StepCommits } from './commit-plan.ts'
import type { Report } from './events.ts'
import type { Ledger } from './ledger.ts'
import type { RunProgress } from './progress.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import type { RemainingStep } from './resume.ts'
import type { SessionName } from './session-name.ts'
import { stepFailure } from './step-failure.ts'
import { aroundOf, type RunLimits } from './timeouts/limits.ts'
import { timed } from './timeouts/operation-timeouts.ts'
import { ToldStatements } from './told-statements.ts'
import type { RowStatement, VersionTable } from './version-table.ts'

export interface FlightOptions {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  readonly progress: RunProgress
  readonly report: Report
  readonly limits?: RunLimits | undefined
  readonly sessionName?: SessionName | undefined
  /** The revision that comes after these steps. */
  readonly next?: string | undefined
}

/** How many steps go together at most. */
export const mostSteps = 64

/** Whether all of a step is SQL that can be sent without waiting for anything in between. */
export function mayFly(
  { items, done, place }: RemainingStep,
  { before, within }: StepCommits,
): boolean {
  const isWhole = done === 0 && place === undefined
  const isPlain = items.every(
    (item, at) =>
      !('kind' in item) && !item.parameters?.length && conditionalAt(items, at) === undefined,
  )
  return isWhole && isPlain && before === undefined && within.size === 0
}

/**
 * Runs steps in the open transaction in few round trips: each one's statements, then its version rows.
 * Their lines of the ledger follow together, with the times at which the database was done with each.
 */
export async function fly(steps: readonly RecordedStep[], options: FlightOptions): Promise<void> {
  await new Flight(steps, options).run()
}

/** One message to the database, and what it is for. */
interface Message {
  readonly sql: string
  readonly recorded: RecordedStep
  readonly statement?: Statement | undefined
  readonly row?: RowStatement | undefined
  /** Its answer says what the database's clock shows. */
  readonly isTimed?: boolean | undefined
}

class Flight {
  readonly #options: FlightOptions
  readonly #steps: readonly RecordedStep[]
  readonly #messages: Message[]
  /** How many messages are answered when a step is done. */
  readonly #ends: number[] = []
  /** The seconds at which each step that is done began and ended. */
  readonly #times: { readonly began: number; readonly ended: number }[] = []
  #began = 0
  /** The clock that times are taken from, when it was read last, and when that was here. */
  #clock = { seconds: 0, readAt: 0 }
  /** The statements of the step that runs. */
  #told: ToldStatements | undefined
  /** The first answer that may not be, whatever came of those after it. */
  #refused: { readonly error: unknown } | undefined

  constructor(steps: readonly RecordedStep[], options: FlightOptions) {
    const { returnedClock } = options.dialect
    this.#steps = steps
    this.#options = options
    this.#messages =
      returnedClock === undefined
        ? []
        : [{ sql: `SELECT ${returnedClock} AS seconds`, recorded: steps[0]!, isTimed: true }]
    for (const [at, recorded] of steps.entries()) {
      const next = steps[at + 1]?.step.revision.id ?? options.next
      this.#messages.push(...messagesOf(recorded, options, next))
      this.#ends.push(this.#messages.length)
    }
  }

  async run(): Promise<void> {
    this.#readClock()
    this.#begin()
    this.#land(0)
    const texts = this.#messages.map(({ sql }) => sql)
    try {
      await this.#options.connection.executeAll(texts, this.#take)
    } catch (error) {
      this.#refused ??= { error: this.#failure(error) }
    }
    if (this.#refused !== undefined) throw this.#refused.error
    await this.#writeLines()
  }

  readonly #take: OnResult = (result, place) => {
    const { row, isTimed, statement } = this.#messages[place]!
    if (this.#refused !== undefined) return
    try {
      if (statement !== undefined) this.#told?.answered()
      if (row !== undefined) this.#options.versionTable.expectHit(row, result)
      if (isTimed) this.#readClock(Number(result.rows[0]?.seconds))
      else if (this.#options.dialect.returnedClock === undefined) this.#readClock()
      if (isTimed && place === 0) this.#began = this.#clock.seconds
      this.#land(place + 1)
    } catch (error) {
      this.#refused = { error }
    }
  }

  #readClock(seconds?: number): void {
    const readAt = performance.now() / 1000
    this.#clock = { seconds: seconds ?? readAt, readAt }
  }

  /** Finishes the steps that are done with so many answers; the next one runs from then on. */
  #land(answers: number): void {
    const { progress, report } = this.#options
    while (this.#ends[this.#times.length]! <= answers) {
      const { id } = this.#steps[this.#times.length]!.step.revision
      const began = this.#began
      const ended = this.#clock.seconds
      progress.finish(id)
      report({ type: 'stepDone', revision: id, milliseconds: Math.max(0, ended - began) * 1000 })
      this.#times.push({ began, ended })
      this.#begin()
    }
  }

  #begin(): void {
    const recorded = this.#steps[this.#times.length]
    if (recorded === undefined) return
    const { report, limits } = this.#options
    const { direction, from, to, revision } = recorded.step
    report({ type: 'step', revision: revision.id, direction, from, to, message: revision.message })
    this.#told = new ToldStatements(report, statementsOf(recorded, limits))
    this.#told.begin()
    this.#began = this.#clock.seconds
  }

  async #writeLines(): Promise<void> {
    const { connection, ledger } = this.#options
    const { seconds, readAt } = this.#clock
    const now = seconds + performance.now() / 1000 - readAt
    const lines = this.#times.map(({ began, ended }, index) => ({
      entry: ledgerEntry(this.#steps[index]!, { step: 0, state: 'done' }),
      started: now - began,
      finished: now - ended,
    }))
    try {
      await connection.query(ledger.insertAllStatement(lines))
    } catch (error) {
      throw this.#failureOf(this.#steps[0]!, error)
    }
  }

  #failure(error: unknown): Error {
    const place = error instanceof DatabaseError ? error.statementIndex : undefined
    const { recorded, statement } = this.#messages[place ?? this.#ends[this.#times.length]! - 1]!
    return this.#failureOf(recorded, error, statement)
  }

  #failureOf(recorded: RecordedStep, error: unknown, statement?: Statement | undefined): Error {
    const outcome = this.#options.progress.outcome(recorded.step.revision.id)
    return stepFailure({ recorded, error, statement, outcome })
  }
}

/**
 * Answers that arrive together were given at different times: the last row tells when it was changed, and
 * names the session after the revision that comes next.
 */
function messagesOf(
  recorded: RecordedStep,
  { dialect: { returnedClock }, versionTable, sessionName, limits }: FlightOptions,
  next: string | undefined,
): Message[] {
  const rows = versionTable.rowStatements(recorded.step)
  const naming = next !== undefined && sessionName?.inTransaction(next)
  const returned = `${returnedClock} AS seconds${naming ? `, ${naming} AS name` : ''}`
  return [
    ...statementsOf(recorded, limits).map(statement => ({
      sql: statement.sql,
      recorded,
      statement,
    })),
    ...rows.map((row, at) =>
      at === rows.length - 1 && returnedClock !== undefined
        ? { sql: `${row.sql} RETURNING ${returned}`, recorded, row, isTimed: true }
        : { sql: row.sql, recorded, row },
    ),
  ]
}

const statementsOf = ({ items }: RecordedStep, limits: RunLimits | undefined) =>
  timed(
    items.flatMap(item => ('kind' in item ? [] : [item])),
    aroundOf(limits),
  )
