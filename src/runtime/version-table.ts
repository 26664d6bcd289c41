import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { RowChanges } from '../revisions/plan.ts'
import type { QualifiedName } from '../schema/index.ts'
import { isAbsence, unlessThere } from './own-table.ts'

/** A change of one row: its statement, and the ids it is about. */
export interface RowStatement {
  readonly sql: string
  readonly ids: readonly string[]
  /** An UPDATE or DELETE that touches no row means that somebody else moved the database. */
  readonly mustHit: boolean
}

/**
 * The table that says where a database is: one row for each current head. Its shape is
 * Alembic's, so that either tool can go on where the other stopped.
 */
export class VersionTable {
  readonly name: QualifiedName
  readonly #dialect: Dialect
  readonly #sql: string

  constructor(dialect: Dialect, name: QualifiedName) {
    this.name = name
    this.#dialect = dialect
    this.#sql = dialect.quoteQualified(name)
  }

  /** Creates the table where it is missing. */
  createStatement(): string {
    const key = this.#dialect.quote(`${this.name.name}_pkc`)
    return [
      `CREATE TABLE IF NOT EXISTS ${this.#sql} (`,
      '    version_num VARCHAR(32) NOT NULL,',
      `    CONSTRAINT ${key} PRIMARY KEY (version_num)`,
      ')',
    ].join('\n')
  }

  /** What there is to create before anything is written. */
  creation(connection: Connection): Promise<string[]> {
    return unlessThere(connection, this.#sql, this.createStatement())
  }

  deleteAllStatement(): string {
    return `DELETE FROM ${this.#sql}`
  }

  /** The current heads; none where the table does not exist. Not for use inside a transaction. */
  async read(connection: Connection): Promise<string[]> {
    try {
      return await this.readExisting(connection)
    } catch (error) {
      if (isAbsence(error)) return []
      throw error
    }
  }

  /** The current heads of a table that is known to exist. */
  async readExisting(connection: Connection): Promise<string[]> {
    const { rows } = await connection.query<{ version_num: string }>(
      `SELECT version_num FROM ${this.#sql}`,
    )
    return rows.map(row => row.version_num)
  }

  /** The statements of one step's row changes: deletes, then inserts, then updates. */
  rowStatements({ deletes, inserts, updates }: RowChanges): RowStatement[] {
    const text = (id: string) => this.#dialect.literal(id)
    const column = `${this.#sql}.version_num`
    return [
      ...deletes.map(id => ({
        sql: `DELETE FROM ${this.#sql} WHERE ${column} = ${text(id)}`,
        ids: [id],
        mustHit: true,
      })),
      ...inserts.map(id => ({
        sql: `INSERT INTO ${this.#sql} (version_num) VALUES (${text(id)})`,
        ids: [id],
        mustHit: false,
      })),
      ...updates.map(([from, to]) => ({
        sql: `UPDATE ${this.#sql} SET version_num=${text(to)} WHERE ${column} = ${text(from)}`,
        ids: [from, to],
        mustHit: true,
      })),
    ]
  }

  /** Writes one step's row changes. */
  async apply(connection: Connection, changes: RowChanges): Promise<void> {
    for (const { sql, ids, mustHit } of this.rowStatements(changes)) {
      const { rowCount } = await connection.query(sql)
      if (mustHit && rowCount !== 1) throw this.#movedElsewhere(ids, rowCount)
    }
  }

  /** The error of a version table or ledger that cannot be created. */
  unusable(error: unknown): unknown {
    if (!(error instanceof DatabaseError && error.isAnswer)) return error
    const { schema } = this.name
    return new LimbeckError(
      'VERSION_TABLE_UNUSABLE',
      `The version table ${this.#sql} and the ledger beside it cannot be created: ${error.message}. Nothing was done.`,
      {
        facts: { table: this.#sql, sqlstate: error.code },
        hint: isAbsence(error)
          ? `Create the schema first: CREATE SCHEMA ${this.#dialect.quote(schema ?? this.#dialect.defaultSchema)};`
          : `Give the role the right (GRANT CREATE ON SCHEMA … TO …), or name a schema that has it with versionTableSchema.`,
        cause: error,
      },
    )
  }

  #movedElsewhere(ids: readonly string[], rowCount: number): LimbeckError {
    return new LimbeckError(
      'VERSION_ROW_MISSING',
      `The version table ${this.#sql} should hold exactly one row '${ids[0]}', and ${rowCount} were found.`,
      {
        facts: { table: this.#sql, revisions: ids, rowCount },
        hint: 'Another process moved this database meanwhile. Look with `limbeck current` and run the command again.',
      },
    )
  }
}
