import { performance } from 'node:perf_hooks'
import type { CutOff } from '../dialects/cut-off.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import { spared } from '../dialects/interruptible-connection.ts'
import { runStatements } from '../dialects/run-statements.ts'
import { LimbeckError } from '../errors.ts'
import type { Backfill, Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import { applyRowChanges } from '../revisions/rows.ts'
import { conditionalAt, tellDifferences } from './already-there.ts'
import { BackfillRun } from './backfill.ts'
import type { CommitBoundary } from './commit-boundary.ts'
import type { StepCommits } from './commit-plan.ts'
import { lookAtCutOff, mayHaveCommitted } from './cut-off.ts'
import { TransactionGone } from './keep-transaction.ts'
import type { LedgerEntry } from './ledger.ts'
import type { RunProgress } from './progress.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import { hashItem, progressOf, type RemainingStep } from './resume.ts'
import { type RunCallbackOptions, runCallback } from './run-callback.ts'
import type { RunnerOptions } from './runner.ts'
import { namingOf } from './script-context.ts'
import type { SessionName } from './session-name.ts'
import { standAlone } from './stand-alone.ts'
import { type StepFailure, stepFailure } from './step-failure.ts'
import { aroundOf, type RunLimits } from './timeouts/limits.ts'
import { timed } from './timeouts/operation-timeouts.ts'
import { limitedOutside } from './timeouts/outside.ts'
import type { Retries } from './timeouts/retries.ts'
import { ToldStatements, toldStatement } from './told-statements.ts'
import type { Transaction } from './transaction.ts'
import { codeThrew } from './version-apply.ts'

export interface StepRunnerOptions extends RunnerOptions {
  readonly transaction: Transaction
  readonly progress: RunProgress
  readonly sessionName?: SessionName | undefined
  /** The version rows that the first step starts from. */
  readonly headsBefore: readonly string[]
}

/** Runs steps one by one, item by item: commits where one demands it, and code in its place. */
export class StepRunner {
  readonly #options: StepRunnerOptions
  readonly #transaction: Transaction
  readonly #progress: RunProgress
  #heads: readonly string[]

  constructor(options: StepRunnerOptions) {
    this.#options = options
    this.#transaction = options.transaction
    this.#progress = options.progress
    this.#heads = options.headsBefore
  }

  /** Runs a step; `next` is the revision that comes after it. */
  async run(recorded: RemainingStep, commits: StepCommits, next?: string): Promise<void> {
    const { transactionPerMigration, report } = this.#options
    const { revision, direction, from, to } = recorded.step
    await this.#transaction.begin()
    if (commits.before !== undefined) await this.#commitBefore(recorded, commits.before)
    report({ type: 'step', revision: revision.id, direction, from, to, message: revision.message })
    if (recorded.done > 0 || recorded.place !== undefined) this.#progress.goOn()
    await this.#callBefore(recorded)
    const started = performance.now()
    await this.#runItems(recorded, commits)
    const milliseconds = performance.now() - started
    await this.#writeRows(recorded, milliseconds, next)
    await this.#tell(recorded, milliseconds)
    // Half of a revision is committed already: nothing that comes after may take back the rest.
    const isAlone = transactionPerMigration || this.#progress.isPartlyCommitted
    this.#progress.finish(revision.id)
    report({ type: 'stepDone', revision: revision.id, milliseconds })
    if (isAlone) await this.#commit(recorded)
  }

  async #runItems(recorded: RemainingStep, { within }: StepCommits): Promise<void> {
    let together: Statement[] = []
    const flush = async () => {
      const statements = together
      together = []
      await this.#runTogether(recorded, statements)
    }
    for (const [place, item] of recorded.items.entries()) {
      if (place < recorded.done) continue
      const conditional = conditionalAt(recorded.items, place)
      if (conditional !== undefined) {
        await flush()
        await tellDifferences(conditional, recorded.step.revision.id, this.#options)
      }
      const boundary = within.get(place)
      if (boundary !== undefined || 'kind' in item) await flush()
      if (boundary !== undefined && boundary.reason !== 'newValue') {
        await this.#runOutside(recorded, place, boundary)
        continue
      }
      if (boundary !== undefined) {
        await this.#noteDone(recorded, place)
        await this.#commitBefore(recorded, boundary, true)
      }
      if (!('kind' in item)) together.push(item)
      else if (item.kind === 'run') await this.#runCallback(recorded, item)
    }
    await flush()
  }

  /** Sends statements that share the transaction together: one round trip where nothing is bound. */
  async #runTogether(recorded: RecordedStep, given: readonly Statement[]): Promise<void> {
    const statements = timed(given, aroundOf(this.#options.limits))
    const told = new ToldStatements(this.#options.report, statements)
    told.begin()
    try {
      await runStatements(this.#options.connection, statements, told.answered)
      told.end()
    } catch (error) {
      throw this.#failure(recorded, error, { statement: failedStatement(statements, error) })
    }
  }

  /** The ledger keeps how far a revision was when a part of it was committed. */
  async #noteDone(recorded: RecordedStep, done: number): Promise<void> {
    const { connection, ledger } = this.#options
    const progress = progressOf(recorded, done)
    const entry = ledgerEntry(recorded, { step: done, state: 'done', progress })
    await connection.query(ledger.insertStatement(entry))
  }

  /** Commits what came before an item that may use it. */
  async #commitBefore(
    recorded: RecordedStep,
    boundary: CommitBoundary,
    isMidway = false,
  ): Promise<void> {
    this.#transaction.expectOwn(boundary.sql)
    await this.#commit(recorded, isMidway)
    this.#options.report({ type: 'commitBoundary', ...boundary })
    await this.#transaction.begin()
  }

  /** Runs an item that no transaction may hold: what came before is committed first. */
  async #runOutside(
    recorded: RemainingStep,
    place: number,
    boundary: CommitBoundary,
  ): Promise<void> {
    const { ledger, report } = this.#options
    const item = recorded.items[place]!
    const entry = ledgerEntry(recorded, {
      step: place + 1,
      state: 'intent',
      statementHash: hashItem(item),
      progress: progressOf(recorded, place),
    })
    this.#transaction.expectOwn(boundary.sql)
    try {
      const work = await this.#workOutside(recorded, place, entry)
      // A backfill that goes on has its line already.
      const isNoted = place === recorded.done && recorded.place !== undefined
      const { id } = recorded.step.revision
      await this.#naming(id, isNoted ? undefined : ledger.insertStatement(entry))
      await this.#commit(recorded, true)
      report({ type: 'commitBoundary', ...boundary })
      const isNotedDone = await limitedOutside(item, this.#options, work)
      // By itself: what comes behind may be taken back, and this is done all the same.
      await this.#naming(undefined, isNotedDone ? undefined : ledger.finishStatement(entry))
      await this.#transaction.begin()
    } catch (error) {
      if (error instanceof LimbeckError && error.facts.revision !== undefined) throw error
      throw this.#failure(recorded, error, 'kind' in item ? { code: item } : { statement: item })
    }
  }

  /** Sends a statement, and names the session where no transaction keeps its name. */
  async #naming(revision: string | undefined, sql: string | undefined): Promise<void> {
    const { connection, sessionName } = this.#options
    const name = sessionName?.forSession?.(revision)
    const both = [sql, name && `SELECT ${name}`].filter(one => one !== undefined)
    // What was done is noted also where the run was told to end meanwhile.
    if (both.length > 0) await spared(connection).queryAll(both)
  }

  /**
   * What is to be done outside, telling whether the ledger has it already; what it needs to know is found
   * out before anything is committed.
   */
  async #workOutside(
    recorded: RemainingStep,
    place: number,
    entry: LedgerEntry,
  ): Promise<() => Promise<boolean>> {
    const item = recorded.items[place]!
    const isFirst = place === recorded.done
    if ('kind' in item && item.kind === 'backfill') {
      const backfill = await this.#openBackfill(recorded, item, entry)
      return () => backfill.run(isFirst ? recorded.place : undefined).then(() => false)
    }
    const line = isFirst ? recorded.begun : undefined
    const found = line && (await lookAtCutOff({ item, line }, this.#options))
    return async () => {
      const isDone = found !== undefined && (await this.#settle(recorded, found))
      return isDone ? false : this.#runAlone(recorded, item, entry)
    }
  }

  /** Brings what an earlier run has left half done to an end; tells whether nothing more is to be done. */
  async #settle({ step }: RecordedStep, found: CutOff): Promise<boolean> {
    const { connection, report } = this.#options
    const { id } = step.revision
    if (found.state === 'done')
      report({ type: 'progress', message: `In ${id} the run that was killed had done this.` })
    if (found.state !== 'notDone') return found.state === 'done'
    const { statements = [], message, completes = false } = found.repair ?? {}
    if (message !== undefined) report({ type: 'warning', message, facts: { revision: id } })
    for (const sql of statements) await connection.query(sql)
    return completes
  }

  /** Where it is refused the ledger says so: then it is known that it has to run again. */
  async #runAlone(
    recorded: RecordedStep,
    item: Statement | Run,
    entry: LedgerEntry,
  ): Promise<boolean> {
    const { connection, dialect, ledger, report } = this.#options
    const parts = { connection, ledger, transaction: this.#transaction, entry }
    try {
      if ('kind' in item) {
        await runCallback(item, this.#callbackOptions)
        return false
      }
      await this.#removeLeftover(recorded, item)
      return await toldStatement(report, item, () => standAlone(item, parts))
    } catch (error) {
      if (mayHaveCommitted(item, dialect)) this.#progress.halt()
      // A connection that is gone leaves the question open.
      await spared(connection)
        .query(ledger.failStatement(entry))
        .catch(() => undefined)
      throw error
    }
  }

  /** What an earlier run has begun outside of transactions, and could not take back. */
  async #removeLeftover({ step }: RecordedStep, { operation }: Statement): Promise<void> {
    const { connection, dialect, report } = this.#options
    if (operation === undefined) return
    const message = await dialect.removeLeftover?.(connection, operation)
    if (message === undefined) return
    report({ type: 'warning', message, facts: { revision: step.revision.id } })
  }

  #openBackfill(recorded: RecordedStep, operation: Backfill, entry: LedgerEntry) {
    const { connection, dialect, ledger, report, limits } = this.#options
    const revision = recorded.step.revision.id
    return BackfillRun.open(operation, {
      connection,
      dialect,
      transaction: this.#transaction,
      save: async place => {
        const progress = { ...entry.progress!, place }
        await connection.query(ledger.progressStatement(entry, progress))
      },
      tell: progress => report({ type: 'backfill', revision, ...progress }),
      tellStatement: (sql, run) => toldStatement(report, { sql }, run),
      retries: limits && (() => this.#batchRetries(limits)),
      signal: this.#options.signal,
    })
  }

  async #batchRetries(limits: RunLimits): Promise<Retries> {
    const { Retries } = await import('./timeouts/retries.ts')
    return new Retries({ ...this.#options, limits })
  }

  get #callbackOptions(): RunCallbackOptions {
    const { connection, dialect, report, scriptContext, limits } = this.#options
    const naming = scriptContext && namingOf(scriptContext)
    return { connection, dialect, report, naming, around: aroundOf(limits) }
  }

  async #runCallback(recorded: RecordedStep, run: Run): Promise<void> {
    try {
      await runCallback(run, this.#callbackOptions)
    } catch (error) {
      if (error instanceof TransactionGone) this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error, { code: run })
    }
  }

  async #writeRows(
    recorded: RecordedStep,
    milliseconds: number,
    next: string | undefined,
  ): Promise<void> {
    const { connection, versionTable, ledger, sessionName } = this.#options
    const naming = next === undefined ? undefined : sessionName?.inTransaction(next)
    const entry = ledgerEntry(recorded, { step: 0, state: 'done' })
    try {
      const line = ledger.insertStatement(entry, milliseconds / 1000)
      const beside = naming === undefined ? [line] : [line, `SELECT ${naming}`]
      await versionTable.apply(connection, recorded.step, beside)
    } catch (error) {
      if (error instanceof LimbeckError) throw error
      throw this.#failure(recorded, error)
    }
  }

  async #callBefore(recorded: RecordedStep): Promise<void> {
    try {
      await this.#options.beforeStep?.(recorded.step)
    } catch (error) {
      throw this.#failure(recorded, error)
    }
  }

  /** Code of the project's that listens runs in the step, and what it throws fails it. */
  async #tell(recorded: RecordedStep, milliseconds: number): Promise<void> {
    const { applied } = this.#options
    if (applied === undefined) return
    const heads = applyRowChanges(this.#heads, recorded.step)
    this.#heads = heads
    try {
      await applied(recorded.step, heads, milliseconds)
    } catch (error) {
      if (codeThrew(error) instanceof TransactionGone)
        this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error)
    }
  }

  /** Commits what is open; `recorded` is the step at which that happens. */
  async #commit(recorded: RecordedStep, isMidway = false): Promise<void> {
    await this.#end(recorded, () => this.#transaction.commit())
    if (isMidway) this.#progress.commitMidway()
    else this.#progress.commit()
  }

  /** A run has done all its steps: commits, unless something around it goes on. */
  async finish(last: RecordedStep | undefined): Promise<void> {
    const finish = () => this.#transaction.finish()
    await (last === undefined ? finish() : this.#end(last, finish))
  }

  async #end(recorded: RecordedStep, end: () => Promise<void>): Promise<void> {
    try {
      await end()
    } catch (error) {
      // A refusal rolls back; where no answer came, the commit may have been done.
      const isKnown = isAnswer(error) || error instanceof LimbeckError
      if (!isKnown) this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error, { statement: commitStatement })
    }
  }

  #failure(
    recorded: RecordedStep,
    error: unknown,
    culprit: Pick<StepFailure, 'statement' | 'code'> = {},
  ): Error {
    const outcome = this.#progress.outcome(recorded.step.revision.id)
    return stepFailure({ recorded, error, outcome, ...culprit })
  }
}

const commitStatement: Statement = { sql: 'COMMIT', transactional: true }

const isAnswer = (error: unknown) => error instanceof DatabaseError && error.isAnswer

function failedStatement(statements: readonly Statement[], error: unknown): Statement | undefined {
  if (!(error instanceof DatabaseError)) return undefined
  if (error.statementIndex !== undefined) return statements[error.statementIndex]
  return statements.find(statement => statement.sql === error.sql)
}
