import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { TableShape } from '../dialects/table-shape.ts'
import { LimbeckError } from '../errors.ts'
import type { RowChanges } from '../revisions/plan.ts'
import type { QualifiedName } from '../schema/index.ts'
import { ask, isAbsence, unknownColumn, unlessThere, unusableTable } from './own-table.ts'
import { expectKeepable, hiddenRows, invalidTable, type OwnTable } from './own-table-shape.ts'

/** A change of one row: its statement, and the ids it is about. */
export interface RowStatement {
  readonly sql: string
  readonly ids: readonly string[]
  /** An UPDATE or DELETE that touches no row means that somebody else moved the database. */
  readonly mustHit: boolean
}

interface VersionRow {
  readonly version_num: unknown
  readonly is_row: boolean | null
  readonly shapes: readonly (TableShape | null)[]
}

interface Found {
  readonly heads: string[]
  readonly shapes: readonly (TableShape | null)[]
}

const versionColumn = 'version_num'

/** Whoever made the table without NOT NULL may have left an empty row; char(32) fills up with blanks. */
const idOf = ({ version_num: id }: Pick<VersionRow, 'version_num'>): string =>
  String(id ?? '').trimEnd()

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
  /** What fires when rows are written, as far as the last look has shown. */
  #triggers: readonly string[] = []

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
      // Where rows are hidden it only looks empty.
      return rows.length === 0 ? (await this.#look(connection)).heads : rows.map(idOf)
    } catch (error) {
      if (isAbsence(error)) return []
      throw await this.#explained(connection, error)
    }
  }

  /** The current heads, for a run that will write here and into what stands beside: neither may be of another kind. */
  async readToWrite(connection: Connection, beside: readonly OwnTable[]): Promise<string[]> {
    const { heads, shapes } = await this.#look(connection, beside)
    const [shape] = shapes
    if (shape != null) this.#expectKeepable(shape)
    for (const [index, table] of beside.entries()) {
      const other = shapes[index + 1]
      if (other != null) expectKeepable(table, other)
    }
    return heads
  }

  #expectKeepable(shape: TableShape): void {
    expectKeepable(this.#own, shape)
    const { type, isText } = shape.columns.find(({ name }) => name === versionColumn)!
    if (!isText)
      throw invalidTable(this.#own, {
        sentence: `keeps ids as ${type}, and they are texts`,
        hint: `ALTER TABLE ${this.#sql} ALTER COLUMN ${versionColumn} TYPE varchar(${usualRoom}) USING ${versionColumn}::text;`,
      })
    this.#triggers = shape.triggers
  }

  /** Rows, and in the same round trip what the tables are, where the database can tell. */
  async #look(connection: Connection, beside: readonly OwnTable[] = []): Promise<Found> {
    try {
      const { rows } = await ask<VersionRow>(connection, this.#lookQuery(beside))
      const heads = rows.filter(row => row.is_row !== null).map(idOf)
      const shapes = rows[0]?.shapes ?? []
      if (heads.length === 0 && shapes[0]?.hidesRows)
        throw invalidTable(this.#own, hiddenRows(this.#own))
      return { heads, shapes }
    } catch (error) {
      if (isAbsence(error)) return { heads: [], shapes: [] }
      throw await this.#explained(connection, error)
    }
  }

  #lookQuery(beside: readonly OwnTable[]): string {
    const shapes = this.#dialect.tableShapes?.([this.name, ...beside.map(({ name }) => name)])
    if (shapes === undefined) return `${this.#select}`
    return (
      `SELECT here.shapes, version.* FROM (SELECT ${shapes} AS shapes) AS here ` +
      `LEFT JOIN (SELECT true AS is_row, ${versionColumn} FROM ${this.#sql}) AS version ON true`
    )
  }

  /** A table of another kind says more than the column that it lacks, and the rows alone more than the whole question. */
  async #explained(connection: Connection, error: unknown): Promise<unknown> {
    const { tableShapes } = this.#dialect
    if (!(error instanceof DatabaseError && error.isAnswer) || tableShapes === undefined)
      return error
    try {
      if (error.code === unknownColumn) {
        const asked = `SELECT ${tableShapes([this.name])} AS shapes`
        const { rows } = await ask<Pick<VersionRow, 'shapes'>>(connection, asked)
        const shape = rows[0]?.shapes[0]
        if (shape != null) expectKeepable(this.#own, shape)
      }
      await ask(connection, this.#select)
      return error
    } catch (better) {
      return better
    }
  }

  get #own(): OwnTable {
    const { name } = this
    const isUnqualified = name.schema === undefined
    return { what: 'version table', name, sql: this.#sql, isUnqualified, columns: [versionColumn] }
  }

  /** Refuses rows that stand there twice, of which a run would change both. */
  expectOnce(heads: readonly string[]): void {
    const twice = heads.find((head, index) => heads.indexOf(head) !== index)
    if (twice === undefined) return
    throw invalidTable(this.#own, {
      sentence: `holds '${twice}' more than once`,
      hint: `Leave one of them, or write all rows anew: \`limbeck stamp --purge ${twice}\`. A primary key keeps that from happening: ALTER TABLE ${this.#sql} ADD PRIMARY KEY (${versionColumn});`,
    })
  }

  /** Something may change what is written, so that each step looks at what is there afterwards. */
  get isWatched(): boolean {
    return this.#triggers.length > 0
  }

  /** The current heads of a table that is known to exist. */
  async readExisting(connection: Connection): Promise<string[]> {
    const { rows } = await connection.query<VersionRow>(this.#select)
    return rows.map(idOf)
  }

  get #select(): string {
    return `SELECT ${versionColumn} FROM ${this.#sql}`
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
    if (this.isWatched) this.#expectWritten(changes, await this.readExisting(connection))
  }

  #expectWritten({ deletes, inserts, updates }: RowChanges, heads: readonly string[]): void {
    const written = [...inserts, ...updates.map(([, to]) => to)]
    const gone = [...deletes, ...updates.map(([from]) => from)].filter(id => !written.includes(id))
    const lost = written.find(id => !heads.includes(id))
    const kept = gone.find(id => heads.includes(id))
    if (lost === undefined && kept === undefined) return
    const what = lost === undefined ? `still holds '${kept}'` : `does not hold '${lost}'`
    throw new LimbeckError(
      'VERSION_TABLE_INVALID',
      `The version table ${this.#sql} ${what} after that was written: ${this.#triggers.join(', ')} may have changed it.`,
      {
        facts: { table: this.#sql, triggers: this.#triggers, heads },
        hint: `Have ${this.#triggers.join(', ')} leave ${versionColumn} alone.`,
      },
    )
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
