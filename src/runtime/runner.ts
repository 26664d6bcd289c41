import { performance } from 'node:perf_hooks'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { runStatements } from '../dialects/run-statements.ts'
import { LimbeckError } from '../errors.ts'
import { hashText } from '../operations/hash.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement, StepItem } from '../operations/statement.ts'
import type { Step } from '../revisions/plan.ts'
import { applyRowChanges } from '../revisions/rows.ts'
import type { Report } from './events.ts'
import { TransactionGone } from './keep-transaction.ts'
import type { Ledger } from './ledger.ts'
import { NewValues } from './new-values.ts'
import { RunProgress } from './progress.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import { runCallback } from './run-callback.ts'
import { type StepFailure, stepFailure } from './step-failure.ts'
import { Transaction } from './transaction.ts'
import { codeThrew } from './version-apply.ts'
import type { VersionTable } from './version-table.ts'

export interface RunnerOptions {
  readonly dialect: Dialect
  readonly connection: Connection
  /** What the work is done in, where something else shares it. */
  readonly transaction?: Transaction | undefined
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration: boolean
  readonly report: Report
  /** Is told of a step before its commit, with the version rows that it leaves. */
  applied?(step: Step, heads: readonly string[]): Promise<void>
}

export interface RunOptions {
  /** SQL that runs first, in the same transaction. */
  readonly before?: readonly string[] | undefined
  /** The version rows that the first step starts from. */
  readonly headsBefore?: readonly string[] | undefined
}

/** Walks recorded steps on a live database, and keeps the version table and ledger true at every commit. */
export class Runner {
  readonly #options: RunnerOptions
  readonly #transaction: Transaction
  readonly #progress = new RunProgress()
  readonly #newValues = new NewValues()
  #heads: readonly string[] = []

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#transaction = options.transaction ?? new Transaction(options.connection)
  }

  /** Runs the steps in order. */
  async run(steps: readonly RecordedStep[], options: RunOptions = {}): Promise<void> {
    const { before = [], headsBefore = [] } = options
    this.#heads = headsBefore
    try {
      await this.#prepare(steps, before)
      for (const step of steps) await this.#runStep(step)
      await this.#finish(steps.at(-1))
    } catch (error) {
      await this.#transaction.abandon(error)
      throw error
    }
  }

  async #prepare(steps: readonly RecordedStep[], before: readonly string[]): Promise<void> {
    const { connection, versionTable, ledger } = this.#options
    const missing = []
    for (const table of [versionTable, ledger]) {
      missing.push({ table, creation: await table.creation(connection) })
    }
    const isNew = missing[0]!.creation.length > 0
    await versionTable.assertRoom(connection, writtenIds(steps), isNew)
    await this.#transaction.begin()
    for (const { table, creation } of missing) {
      await connection.executeAll(creation).catch(error => {
        throw table.unusable(error)
      })
    }
    await connection.executeAll(before)
  }

  async #runStep(recorded: RecordedStep): Promise<void> {
    const { transactionPerMigration, report } = this.#options
    const { revision, direction, from, to } = recorded.step
    await this.#transaction.begin()
    const user = recorded.items.find(item => this.#newValues.mayBeUsedBy(item))
    if (user !== undefined) await this.#commitBefore(recorded, user)
    report({ type: 'step', direction, from, to, message: revision.message })
    const started = performance.now()
    await this.#runItems(recorded)
    const milliseconds = performance.now() - started
    await this.#writeRows(recorded, milliseconds)
    await this.#tell(recorded)
    // Half of a revision is committed already: nothing that comes after may take back the rest.
    const isAlone = transactionPerMigration || this.#progress.isPartlyCommitted
    this.#progress.finish(revision.id)
    report({ type: 'stepDone', revision: revision.id, milliseconds })
    if (isAlone) await this.#commit(recorded)
  }

  async #runItems(recorded: RecordedStep): Promise<void> {
    let together: Statement[] = []
    const flush = async () => {
      const statements = together
      together = []
      await this.#runTogether(recorded, statements)
    }
    for (const [index, item] of recorded.items.entries()) {
      if (this.#newValues.mayBeUsedBy(item)) {
        await flush()
        await this.#noteDone(recorded, index)
        await this.#commitBefore(recorded, item, true)
      }
      if ('kind' in item) {
        await flush()
        await this.#runCallback(recorded, item)
      } else if (item.transactional) {
        together.push(item)
        this.#newValues.follow(item)
      } else {
        await flush()
        await this.#runOutside(recorded, item, index + 1)
      }
    }
    await flush()
  }

  /** Sends statements that share the transaction together: one round trip where nothing is bound. */
  async #runTogether(recorded: RecordedStep, statements: readonly Statement[]): Promise<void> {
    for (const { sql, parameters = [] } of statements)
      this.#options.report({ type: 'statement', sql, parameters })
    try {
      await runStatements(this.#options.connection, statements)
    } catch (error) {
      throw this.#failure(recorded, error, { statement: failedStatement(statements, error) })
    }
  }

  /** The ledger keeps how far a revision was when a part of it was committed. */
  async #noteDone(recorded: RecordedStep, step: number): Promise<void> {
    const { connection, ledger } = this.#options
    await connection.query(ledger.insertStatement(ledgerEntry(recorded, { step, state: 'done' })))
  }

  /** Commits what came before an item that may use it. */
  async #commitBefore(recorded: RecordedStep, item: StepItem, isMidway = false): Promise<void> {
    const { report } = this.#options
    const sql = 'kind' in item ? 'op.run' : item.sql
    this.#transaction.expectOwn(sql)
    await this.#commit(recorded, isMidway)
    const { id } = recorded.step.revision
    report({ type: 'commitBoundary', revision: id, sql, reason: 'newValue' })
    await this.#transaction.begin()
  }

  /** Runs a statement that no transaction may hold: what came before is committed first. */
  async #runOutside(recorded: RecordedStep, statement: Statement, step: number): Promise<void> {
    const { connection, ledger, report } = this.#options
    const { sql } = statement
    const entry = ledgerEntry(recorded, { step, state: 'intent', statementHash: hashText(sql) })
    this.#transaction.expectOwn(sql)
    try {
      await connection.query(ledger.insertStatement(entry))
      await this.#commit(recorded, true)
      const { id } = recorded.step.revision
      report({ type: 'commitBoundary', revision: id, sql, reason: 'outside' })
      report({ type: 'statement', sql, parameters: [] })
      await connection.query(sql)
      await this.#transaction.begin()
      await connection.query(ledger.finishStatement(entry))
    } catch (error) {
      if (error instanceof LimbeckError) throw error
      throw this.#failure(recorded, error, { statement })
    }
  }

  async #runCallback(recorded: RecordedStep, run: Run): Promise<void> {
    const { connection, dialect, report } = this.#options
    try {
      await runCallback(run, { connection, dialect, report })
    } catch (error) {
      if (error instanceof TransactionGone) this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error, { run })
    }
  }

  async #writeRows(recorded: RecordedStep, milliseconds: number): Promise<void> {
    const { connection, versionTable, ledger } = this.#options
    const entry = ledgerEntry(recorded, { step: 0, state: 'done' })
    try {
      await versionTable.apply(connection, recorded.step)
      await connection.query(ledger.insertStatement(entry, milliseconds / 1000))
    } catch (error) {
      if (error instanceof LimbeckError) throw error
      throw this.#failure(recorded, error)
    }
  }

  /** Code of the project's that listens runs in the step, and what it throws fails it. */
  async #tell(recorded: RecordedStep): Promise<void> {
    const { applied } = this.#options
    if (applied === undefined) return
    const heads = applyRowChanges(this.#heads, recorded.step)
    this.#heads = heads
    try {
      await applied(recorded.step, heads)
    } catch (error) {
      if (codeThrew(error) instanceof TransactionGone)
        this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error)
    }
  }

  /** Commits what is open; `recorded` is the step at which that happens. */
  async #commit(recorded: RecordedStep, isMidway = false): Promise<void> {
    await this.#end(recorded, () => this.#transaction.commit())
    this.#newValues.clear()
    if (isMidway) this.#progress.commitMidway()
    else this.#progress.commit()
  }

  async #finish(last: RecordedStep | undefined): Promise<void> {
    const finish = () => this.#transaction.finish()
    await (last === undefined ? finish() : this.#end(last, finish))
  }

  async #end(recorded: RecordedStep, end: () => Promise<void>): Promise<void> {
    try {
      await end()
    } catch (error) {
      // A refusal rolls back; where no answer came, the commit may have been done.
      if (!isAnswer(error)) this.#progress.loseTrack(recorded.step.revision.id)
      throw this.#failure(recorded, error, { statement: commitStatement })
    }
  }

  #failure(
    recorded: RecordedStep,
    error: unknown,
    culprit: Pick<StepFailure, 'statement' | 'run'> = {},
  ): Error {
    const outcome = this.#progress.outcome(recorded.step.revision.id)
    return stepFailure({ recorded, error, outcome, ...culprit })
  }
}

const writtenIds = (steps: readonly RecordedStep[]): string[] =>
  steps.flatMap(({ step }) => [...step.inserts, ...step.updates.map(([, to]) => to)])

const commitStatement: Statement = { sql: 'COMMIT', transactional: true }

const isAnswer = (error: unknown) => error instanceof DatabaseError && error.isAnswer

function failedStatement(statements: readonly Statement[], error: unknown): Statement | undefined {
  if (!(error instanceof DatabaseError)) return undefined
  if (error.statementIndex !== undefined) return statements[error.statementIndex]
  return statements.find(statement => statement.sql === error.sql)
}
