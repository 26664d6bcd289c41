import type { Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import { bindLiterals } from '../operations/bind-literals.ts'
import type { Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { Ledger } from './ledger.ts'
import { NewValues } from './new-values.ts'
import { ledgerEntry, type RecordedStep } from './recorded-step.ts'
import type { VersionTable } from './version-table.ts'

export interface SqlWriterOptions {
  readonly dialect: Dialect
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  readonly transactionPerMigration: boolean
  /** Takes one piece of the script at a time. */
  readonly write: (text: string) => void
}

/** Writes a plan as an SQL script instead of running it: for a DBA, or another tool. */
export class SqlWriter {
  readonly #options: SqlWriterOptions
  readonly #newValues = new NewValues()
  #isInTransaction = false

  constructor(options: SqlWriterOptions) {
    this.#options = options
  }

  /** Writes the steps; limbeck's own tables come first. */
  writePlan(steps: readonly RecordedStep[]): void {
    this.#begin()
    const { versionTable, ledger } = this.#options
    this.#statements([versionTable.createStatement(), ledger.createStatement()])
    for (const [index, step] of steps.entries()) {
      if (index > 0 && this.#options.transactionPerMigration) this.#restart()
      this.#writeStep(step)
    }
    this.#commit()
  }

  #writeStep(recorded: RecordedStep): void {
    const { step } = recorded
    this.#options.write(
      `-- Running ${step.direction} ${step.from.join(', ')} -> ${step.to.join(', ')}\n\n`,
    )
    for (const item of recorded.items) {
      if (this.#newValues.mayBeUsedBy(item)) this.#restart()
      if ('kind' in item) this.#statements([this.#offlineSql(recorded, item)])
      else if (item.transactional) this.#inside(item)
      else this.#outside(item.sql)
    }
    this.#writeRows(recorded)
  }

  #writeRows(recorded: RecordedStep): void {
    const { versionTable, ledger } = this.#options
    const entry = ledgerEntry(recorded, { step: 0, state: 'done' })
    this.#statements([
      ...versionTable.rowStatements(recorded.step).map(row => row.sql),
      ledger.insertStatement(entry),
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
