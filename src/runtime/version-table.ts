import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { RowChanges } from '../revisions/plan.ts'
import type { QualifiedName } from '../schema/index.ts'
import { ask, isAbsence, unlessThere, unusableTable } from './own-table.ts'

/** A change of one row: its statement, and the ids it is about. */
export interface RowStatement {
  readonly sql: string
  readonly ids: readonly string[]
  /** An UPDATE or DELETE that touches no row means that somebody else moved the database. */
  readonly mustHit: boolean
}

interface VersionRow {
  readonly version_num: string | null
}

/** The length of an id in a table that limbeck, or Alembic, creates. */
const usualRoom = 32

const longestOf = (ids: readonly string[]): string =>
  ids.reduce((one, other) => (other.length > one.length ? other : one), '')

/**
 * The table that says where a database is: one row for each current head. Its shape is
 * Alembic's, so that either tool can go on where the other stopped.
 */
export class VersionTable {
  readonly name: QualifiedName
  readonly #dialect: Dialect
  readonly #sql: string
  readonly #hasKey: boolean

  constructor(dialect: Dialect, name: QualifiedName, hasKey = true) {
    this.name = name
    this.#dialect = dialect
    this.#sql = dialect.quoteQualified(name)
    this.#hasKey = hasKey
  }

  /** Creates the table where it is missing. */
  createStatement(): string {
    const key = this.#dialect.quote(`${this.name.name}_pkc`)
    const lines = [
      `    version_num VARCHAR(${usualRoom}) NOT NULL`,
      ...(this.#hasKey ? [`    CONSTRAINT ${key} PRIMARY KEY (version_num)`] : []),
    ]
    return `CREATE TABLE IF NOT EXISTS ${this.#sql} (\n${lines.join(',\n')}\n)`
  }

  /** What there is to create before anything is written. */
  creation(connection: Connection): Promise<string[]> {
    return unlessThere(connection, this.#sql, this.createStatement())
  }

  /** Refuses ids that the table has no room for, so that no work is done for nothing. */
  async assertRoom(connection: Connection, ids: readonly string[], isNew: boolean): Promise<void> {
    if (isNew) this.assertRoomWhenNew(ids)
    const longest = longestOf(ids)
    if (longest.length <= usualRoom) return
    const room = await this.#room(connection)
    if (longest.length > room) throw this.#tooLong(longest, room)
  }

  /** Refuses ids that a table which is yet to be created would have no room for. */
  assertRoomWhenNew(ids: readonly string[]): void {
    const longest = longestOf(ids)
    if (longest.length > usualRoom) throw this.#tooLong(longest, usualRoom)
  }

  /** How long its ids may be; a database that does not say refuses what is too long itself. */
  async #room(connection: Connection): Promise<number> {
    const { schema, name } = this.name
    const text = (value: string) => this.#dialect.literal(value)
    const rows = await ask<{ room: number | null }>(
      connection,
      'SELECT max(character_maximum_length) AS room FROM information_schema.columns ' +
        `WHERE column_name = 'version_num' AND table_name = ${text(name)}` +
        (schema === undefined ? '' : ` AND table_schema = ${text(schema)}`),
    ).then(
      answer => answer.rows,
      () => [],
    )
    return Number(rows[0]?.room ?? Number.POSITIVE_INFINITY)
  }

  #tooLong(id: string, room: number): LimbeckError {
    const shown = id.length > 40 ? `${id.slice(0, 40)}…` : id
    return new LimbeckError(
      'REVISION_ID_INVALID',
      `The revision id '${shown}' is ${id.length} characters long, and the version table ${this.#sql} holds ${room}. Nothing was done.`,
      {
        facts: { revision: id, table: this.#sql, length: id.length, room },
        hint: `Give it a shorter id, in its file and in those that follow it; or run \`limbeck ensure-version\` and make \`version_num\` wider.`,
      },
    )
  }

  deleteAllStatement(): string {
    return `DELETE FROM ${this.#sql}`
  }

  /** The current heads; none where the table does not exist. */
  async read(connection: Connection): Promise<string[]> {
    try {
      const { rows } = await ask<VersionRow>(connection, this.#select)
      // Whoever made the table without NOT NULL may have left an empty row.
      return rows.map(row => row.version_num ?? '')
    } catch (error) {
      if (isAbsence(error)) return []
      throw error
    }
  }

  /** The current heads of a table that is known to exist. */
  async readExisting(connection: Connection): Promise<string[]> {
    const { rows } = await connection.query<VersionRow>(this.#select)
    return rows.map(row => row.version_num ?? '')
  }

  get #select(): string {
    return `SELECT version_num FROM ${this.#sql}`
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

  /** Writes one step's row changes, in one flight with what stands beside them. */
  async apply(
    connection: Connection,
    changes: RowChanges,
    beside: readonly string[] = [],
  ): Promise<void> {
    const rows = this.rowStatements(changes)
    const answers = await connection.queryAll([...rows.map(({ sql }) => sql), ...beside])
    for (const [index, row] of rows.entries()) this.expectHit(row, answers[index]!)
  }

  /** Refuses the answer to a row's statement that did not find its row. */
  expectHit({ ids, mustHit }: RowStatement, { rowCount }: { readonly rowCount: number }): void {
    if (mustHit && rowCount !== 1) throw this.#movedElsewhere(ids, rowCount)
  }

  /** What is told where the table cannot be created. */
  unusable(error: unknown): unknown {
    return unusableTable('version table', this.name, this.#dialect, error)
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
