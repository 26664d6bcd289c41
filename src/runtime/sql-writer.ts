import type { Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import { bindLiterals } from '../operations/bind-literals.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { Report } from './events.ts'
import type { Ledger } from './ledger.ts'
import { NewValues } from './new-values.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import type { VersionTable } from './version-table.ts'

export interface SqlWriterOptions {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  /** Whether the script keeps the ledger too. */
  readonly offlineLedger: boolean
  readonly transactionPerMigration: boolean
  readonly report: Report
  /** Takes one piece of the script at a time. */
  readonly write: (text: string) => void
}

/** Writes a plan as an SQL script instead of running it: for a DBA, or another tool. */
export class SqlWriter {
  readonly #options: SqlWriterOptions
  readonly #ledger: Ledger | undefined
  readonly #newValues = new NewValues()
  #isInTransaction = false

  constructor(options: SqlWriterOptions) {
    this.#options = options
    this.#ledger = options.offlineLedger ? options.ledger : undefined
  }

  /** Writes the steps that lead on from `headsBefore`; limbeck's own tables come first. */
  writePlan(steps: readonly RecordedStep[], headsBefore: readonly string[]): void {
    this.#begin()
    if (steps.length > 0) this.#createTables(headsBefore)
    for (const [index, step] of steps.entries()) {
      if (index > 0 && this.#options.transactionPerMigration) this.#restart()
      this.#writeStep(step)
    }
    this.#commit()
  }

  /** Writes what creates limbeck's own tables, and nothing else. */
  writeTables(): void {
    this.#begin()
    this.#createTables([])
    this.#commit()
  }

  /** Where there are heads the version table is there; the ledger need not be, if Alembic wrote them. */
  #createTables(headsBefore: readonly string[]): void {
    const { versionTable } = this.#options
    if (headsBefore.length === 0) this.#statements([versionTable.createStatement()])
    if (this.#ledger !== undefined) this.#statements([this.#ledger.createStatement()])
  }

  #writeStep(recorded: RecordedStep): void {
    const { direction, from, to, revision } = recorded.step
    const word = direction === 'stamp' ? 'stamp_revision' : direction
    this.#options.report({ type: 'step', direction, from, to, message: revision.message })
    this.#options.write(`-- Running ${word} ${from.join(', ')} -> ${to.join(', ')}\n\n`)
    for (const item of recorded.items) {
      if (this.#newValues.mayBeUsedBy(item)) this.#restart()
      if ('kind' in item) this.#statements([this.#offlineSql(recorded, item)])
      else if (item.transactional) this.#inside(item)
      else this.#outside(item.sql)
    }
    this.#writeRows(recorded)
  }

  #writeRows(recorded: RecordedStep): void {
    const entry = ledgerEntry(recorded, { step: 0, state: 'done' })
    this.#statements([
      ...this.#options.versionTable.rowStatements(recorded.step).map(row => row.sql),
      ...(this.#ledger === undefined ? [] : [this.#ledger.insertStatement(entry)]),
    ])
  }

  #inside(statement: Statement): void {
    this.#newValues.follow(statement)
    this.#statements([this.#bound(statement)])
  }

  /** A statement that no transaction may hold stands between two of them. */
  #outside(sql: string): void {
    this.#commit()
    this.#statements([sql])
    this.#begin()
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

  #statements(statements: readonly string[]): void {
    for (const sql of statements) this.#options.write(`${ended(sql)}\n\n`)
  }

  #restart(): void {
    this.#commit()
    this.#begin()
  }

  #begin(): void {
    if (!this.#options.dialect.capabilities.transactionalDdl) return
    this.#options.write('BEGIN;\n\n')
    this.#isInTransaction = true
  }

  #commit(): void {
    if (!this.#isInTransaction) return
    this.#options.write('COMMIT;\n\n')
    this.#newValues.clear()
    this.#isInTransaction = false
  }
}

/** With its semicolon, which a comment on the last line would hide. */
function ended(sql: string): string {
  const lastLine = sql.slice(sql.lastIndexOf('\n') + 1)
  return lastLine.includes('--') ? `${sql}\n;` : `${sql};`
}
