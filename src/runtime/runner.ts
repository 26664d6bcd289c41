import { performance } from 'node:perf_hooks'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { hashText } from '../operations/hash.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { Report } from './events.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import { RunProgress } from './progress.ts'
import type { RecordedStep } from './recorded-step.ts'
import { runCallback } from './run-callback.ts'
import { stepFailure } from './step-failure.ts'
import { Transaction } from './transaction.ts'
import type { VersionTable } from './version-table.ts'

export interface RunnerOptions {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration: boolean
  readonly report: Report
}

/** Walks recorded steps on a live database, and keeps the version table and ledger true at every commit. */
export class Runner {
  readonly #options: RunnerOptions
  readonly #transaction: Transaction
  readonly #progress = new RunProgress()

  constructor(options: RunnerOptions) {
    this.#options = options
    this.#transaction = new Transaction(options.connection)
  }

  /** Runs the steps in order; `before` runs first, in the same transaction. */
  async run(steps: readonly RecordedStep[], before: readonly string[] = []): Promise<void> {
    const { connection, versionTable, ledger } = this.#options
    await this.#transaction.begin()
    try {
      const prelude = [versionTable.createStatement(), ledger.createStatement(), ...before]
      await connection.executeAll(prelude)
      for (const [index, step] of steps.entries()) await this.#runStep(step, index > 0)
      await this.#transaction.commit()
    } catch (error) {
      await this.#transaction.rollback()
      throw error
    }
  }

  async #runStep(recorded: RecordedStep, hasPredecessor: boolean): Promise<void> {
    if (hasPredecessor && this.#options.transactionPerMigration) await this.#commit()
    const { step } = recorded
    this.#options.report({
      type: 'step',
      direction: step.direction,
      from: step.from,
      to: step.to,
      message: step.revision.message,
    })
    const started = performance.now()
    await this.#runItems(recorded)
    const milliseconds = performance.now() - started
    await this.#writeRows(recorded, milliseconds)
    this.#progress.finish(step.revision.id)
    this.#options.report({ type: 'stepDone', revision: step.revision.id, milliseconds })
  }

  async #runItems(recorded: RecordedStep): Promise<void> {
    let batch: Statement[] = []
    const flush = async () => {
      const statements = batch
      batch = []
      await this.#runBatch(recorded, statements)
    }
    for (const [index, item] of recorded.items.entries()) {
      if ('kind' in item) {
        await flush()
        await this.#runCallback(recorded, item)
      } else if (item.transactional) {
        batch.push(item)
      } else {
        await flush()
        await this.#runOutside(recorded, item, index + 1)
      }
    }
    await flush()
  }

  /** Sends statements that share the transaction together: one round trip where nothing is bound. */
  async #runBatch(recorded: RecordedStep, statements: readonly Statement[]): Promise<void> {
    if (statements.length === 0) return
    for (const { sql, parameters = [] } of statements)
      this.#options.report({ type: 'statement', sql, parameters })
    const { connection } = this.#options
    try {
      if (statements.some(statement => statement.parameters?.length)) {
        for (const { sql, parameters } of statements) await connection.query(sql, parameters)
      } else {
        await connection.executeAll(statements.map(statement => statement.sql))
      }
    } catch (error) {
      throw this.#failure(recorded, error, failedStatement(statements, error))
    }
  }

  /** Runs a statement that no transaction may hold: what came before is committed first. */
  async #runOutside(recorded: RecordedStep, statement: Statement, step: number): Promise<void> {
    const { connection, ledger, report } = this.#options
    const { sql } = statement
    const entry = this.#entry(recorded, { step, state: 'intent', statementHash: hashText(sql) })
    await connection.query(ledger.insertStatement(entry))
    await this.#transaction.commit()
    this.#progress.commit(true)
    report({ type: 'commitBoundary', revision: recorded.step.revision.id, sql })
    report({ type: 'statement', sql, parameters: [] })
    try {
      await connection.query(sql)
    } catch (error) {
      throw this.#failure(recorded, error, statement)
    }
    await this.#transaction.begin()
    await ledger.finish(connection, entry)
  }

  async #runCallback(recorded: RecordedStep, run: Run): Promise<void> {
    const { connection, dialect, report } = this.#options
    try {
      await runCallback(run, { connection, dialect, report })
    } catch (error) {
      throw this.#failure(recorded, error, undefined, run)
    }
  }

  async #writeRows(recorded: RecordedStep, milliseconds: number): Promise<void> {
    const { connection, versionTable, ledger } = this.#options
    await versionTable.apply(connection, recorded.step)
    const entry = this.#entry(recorded, { step: 0, state: 'done' })
    await connection.query(ledger.insertStatement(entry, milliseconds / 1000))
  }

  async #commit(): Promise<void> {
    await this.#transaction.commit()
    this.#progress.commit()
    await this.#transaction.begin()
  }

  #entry(
    { step, script }: RecordedStep,
    rest: Pick<LedgerEntry, 'step' | 'state' | 'statementHash'>,
  ): LedgerEntry {
    return {
      revision: step.revision.id,
      direction: step.direction,
      scriptChecksum: script?.checksum,
      operationsHash: script?.operationsHash,
      ...rest,
    }
  }

  #failure(recorded: RecordedStep, error: unknown, statement?: Statement, run?: Run): Error {
    return stepFailure({
      recorded,
      error,
      statement,
      run,
      outcome: this.#progress.failure(recorded.step.revision.id),
    })
  }
}

function failedStatement(statements: readonly Statement[], error: unknown): Statement | undefined {
  if (!(error instanceof DatabaseError)) return undefined
  if (error.statementIndex !== undefined) return statements[error.statementIndex]
  return statements.find(statement => statement.sql === error.sql)
}
