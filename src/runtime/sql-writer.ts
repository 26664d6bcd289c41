import type { Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import { bindLiterals } from '../operations/bind-literals.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement, Surroundings } from '../operations/statement.ts'
import type { Step } from '../revisions/plan.ts'
import { applyRowChanges } from '../revisions/rows.ts'
import type { Report } from './events.ts'
import type { Ledger } from './ledger.ts'
import { NewValues } from './new-values.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import type { SqlScript } from './sql-script.ts'
import type { VersionTable } from './version-table.ts'

export interface SqlWriterOptions {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** Whether the script keeps the ledger too. */
  readonly offlineLedger: boolean
  readonly transactionPerMigration: boolean
  readonly report: Report
  readonly script: SqlScript
  /** Is told of a step, with the version rows that it leaves. */
  applied?(step: Step, heads: readonly string[]): Promise<void>
}

/** Writes a plan as an SQL script instead of running it: for a DBA, or another tool. */
export class SqlWriter {
  readonly #options: SqlWriterOptions
  readonly #ledger: Ledger | undefined
  readonly #newValues = new NewValues()

  constructor(options: SqlWriterOptions) {
    this.#options = options
    this.#ledger = options.offlineLedger ? options.ledger : undefined
  }

  /** Writes the steps that lead on from `headsBefore`; limbeck's own tables come first. */
  async writePlan(steps: readonly RecordedStep[], headsBefore: readonly string[]): Promise<void> {
    const { script, transactionPerMigration, applied } = this.#options
    let heads = headsBefore
    const around = surroundings(steps)
    this.#outsideOfAll(around.map(({ before }) => before))
    script.begin()
    if (steps.length > 0) this.#createTables(headsBefore)
    for (const [index, recorded] of steps.entries()) {
      if (index > 0 && transactionPerMigration) this.#restart()
      this.#writeStep(recorded)
      heads = applyRowChanges(heads, recorded.step)
      await applied?.(recorded.step, heads).catch(error => {
        throw notTold(recorded, error)
      })
    }
    script.finish()
    this.#outsideOfAll(around.map(({ after }) => after))
  }

  /** Writes what creates limbeck's own tables, and nothing else. */
  writeTables(): void {
    this.#options.script.begin()
    this.#createTables([])
    this.#options.script.finish()
  }

  /** Where there are heads the version table is there; the ledger need not be, if Alembic wrote them. */
  #createTables(headsBefore: readonly string[]): void {
    const { versionTable, script } = this.#options
    if (headsBefore.length === 0) script.statements(versionTable.createStatement())
    if (this.#ledger !== undefined) script.statements(this.#ledger.createStatement())
  }

  #writeStep(recorded: RecordedStep): void {
    const { script } = this.#options
    const { direction, from, to, revision } = recorded.step
    const word = direction === 'stamp' ? 'stamp_revision' : direction
    this.#options.report({ type: 'step', direction, from, to, message: revision.message })
    script.write(`-- Running ${word} ${from.join(', ')} -> ${to.join(', ')}\n\n`)
    for (const item of recorded.items) {
      if (this.#newValues.mayBeUsedBy(item)) this.#restart()
      if ('kind' in item) script.statements(this.#offlineSql(recorded, item))
      else if (item.transactional) this.#inside(item)
      else this.#outside(item.sql)
    }
    this.#writeRows(recorded)
  }

  #writeRows(recorded: RecordedStep): void {
    const entry = ledgerEntry(recorded, { step: 0, state: 'done' })
    this.#options.script.statements(
      ...this.#options.versionTable.rowStatements(recorded.step).map(row => row.sql),
      ...(this.#ledger === undefined ? [] : [this.#ledger.insertStatement(entry)]),
    )
  }

  #inside(statement: Statement): void {
    this.#newValues.follow(statement)
    this.#options.script.statements(this.#bound(statement))
  }

  /** A statement that no transaction may hold stands between two of them. */
  #outside(sql: string): void {
    const { script } = this.#options
    this.#commit()
    script.statements(sql)
    script.begin()
  }

  /** What no transaction may hold, and is not to part the one of the plan. */
  #outsideOfAll(statements: readonly string[]): void {
    if (statements.length === 0) return
    this.#commit()
    this.#options.script.statements(...statements)
  }

  #bound({ sql, parameters }: Statement): string {
    if (!parameters?.length) return sql
    return bindLiterals(sql, parameters, value => this.#options.dialect.literal(value))
  }

  #offlineSql({ step, script }: RecordedStep, run: Run): string {
    if (run.offline !== undefined) return run.offline
    throw new LimbeckError(
      'RUN_OFFLINE',
      `Revision ${step.revision.id} has an op.run at ${run.location ?? script?.path} that cannot be written as SQL.`,
      {
        facts: { revision: step.revision.id, location: run.location },
        hint: 'Give it an offline form: op.run(…, { offline: sql`…` }).',
      },
    )
  }

  #restart(): void {
    this.#commit()
    this.#options.script.begin()
  }

  #commit(): void {
    this.#options.script.commit()
    this.#newValues.clear()
  }
}

/** What the statements of a plan need around them, each once. */
function surroundings(steps: readonly RecordedStep[]): Surroundings[] {
  const items = steps.flatMap(({ items }) => items)
  const all = items.flatMap(item => ('around' in item && item.around ? [item.around] : []))
  return [...new Map(all.map(around => [around.before, around])).values()]
}

/** The error of code of the project that was told of a step and threw. */
function notTold({ step }: RecordedStep, error: unknown): LimbeckError {
  const { direction, revision } = step
  const reason = error instanceof Error ? error.message : String(error)
  return new LimbeckError('RUN_FAILED', `The ${direction} of ${revision.id} failed: ${reason}`, {
    facts: { revision: revision.id, direction },
    hint: 'Correct env.ts and run the same command again.',
    cause: error,
  })
}
