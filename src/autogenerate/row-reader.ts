import type { Connection, Dialect } from '../dialects/dialect.ts'
import { Names } from '../operations/describe-names.ts'
import { FormerNames } from '../operations/former-names.ts'
import { comesBack } from '../operations/mapping-back.ts'
import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema, Table } from '../schema/index.ts'

/** Columns of enums, by their names before, in which values become others that were there already. */
export type MappedColumns = ReadonlyMap<string, MappedColumn>

interface MappedColumn {
  readonly mapping: Readonly<Record<string, string>>
  readonly isArray: boolean
}

/** In such columns nothing tells the values apart on the way back. */
export function mappedColumns(
  operations: readonly Operation[],
  defaultSchema: string,
): MappedColumns {
  const names = new FormerNames(defaultSchema)
  const mapped = new Map<string, MappedColumn>()
  for (const operation of operations) {
    if (operation.kind === 'replaceEnumValues') {
      const entries = Object.entries(operation.mapping ?? {})
      const lasting = entries.filter(([value]) => !comesBack(operation, value))
      for (const use of lasting.length === 0 ? [] : operation.columns)
        mapped.set(names.column(use, use.column), {
          mapping: Object.fromEntries(lasting),
          isArray: use.array === true,
        })
    }
    names.follow(operation)
  }
  return mapped
}

interface RowReaderOptions {
  readonly connection: Connection
  readonly dialect: Dialect
  /** Names of tables and columns whose values do not come back. */
  readonly lost: readonly string[]
  readonly mapped: MappedColumns
  readonly schema: DatabaseSchema
}

/** Reads the rows of tables, without the columns that are known to be lost. */
export class RowReader {
  readonly #connection: Connection
  readonly #dialect: Dialect
  readonly #lost: ReadonlySet<string>
  readonly #mapped: MappedColumns
  readonly #schema: DatabaseSchema
  readonly #names: Names

  constructor({ connection, dialect, lost, mapped, schema }: RowReaderOptions) {
    this.#connection = connection
    this.#dialect = dialect
    this.#lost = new Set(lost)
    this.#mapped = mapped
    this.#schema = schema
    this.#names = new Names(schema.defaultSchema)
  }

  nameOf(table: Table): string {
    return this.#names.of(table)
  }

  /** Whether rows of a table go: its own, or those of a partition or a child. */
  isLost(table: Table): boolean {
    const isOwn = this.#lost.has(this.nameOf(table))
    return isOwn || this.#tables(part => isPartOf(part, table)).some(part => this.isLost(part))
  }

  /** A column that is lost in a parent is lost in its partitions and children. */
  #isLostColumn(table: Table, column: string): boolean {
    const isOwn = this.#lost.has(`${this.nameOf(table)}.${column}`)
    const parents = this.#tables(parent => isPartOf(table, parent))
    return isOwn || parents.some(parent => this.#isLostColumn(parent, column))
  }

  #tables(isWanted: (table: Table) => boolean): Table[] {
    return [...this.#schema.objects.values()].filter(
      (object): object is Table => object.kind === 'table' && isWanted(object),
    )
  }

  /** All rows of each table as one text; what is generated follows from the rest. */
  async read(tables: readonly Table[]): Promise<unknown[]> {
    const results = await this.#connection.queryAll(tables.map(table => this.#query(table)))
    return results.map(({ rows }) => rows[0]?.rows)
  }

  /** Empties tables, and gives those of some that have rows still. */
  async empty(tables: readonly Table[], others: readonly Table[]): Promise<Table[]> {
    const name = (table: Table) => this.#dialect.quoteQualified(table)
    await this.#connection.query(`TRUNCATE ${tables.map(name).join(', ')} CASCADE`)
    const found = await this.#connection.queryAll(
      others.map(table => `SELECT EXISTS (SELECT FROM ${name(table)}) AS "isFull"`),
    )
    return others.filter((_, position) => found[position]?.rows[0]?.isFull === true)
  }

  #query(table: Table): string {
    const columns = table.columns
      .filter(({ name, generated }) => !generated && !this.#isLostColumn(table, name))
      .map(({ name }) => this.#valueOf(table, name))
    return (
      `SELECT string_agg(r::text, E'\\n' ORDER BY r::text) AS rows ` +
      `FROM (SELECT ${columns.join(', ')} FROM ${this.#dialect.quoteQualified(table)}) r`
    )
  }

  /** A value that became another one is taken for that from the beginning. */
  #valueOf(table: Table, column: string): string {
    const name = this.#dialect.quote(column)
    const mapped = this.#mapped.get(`${this.nameOf(table)}.${column}`)
    if (mapped === undefined) return name
    const pairs = Object.entries(mapped.mapping).map(pair =>
      pair.map(value => this.#dialect.literal(value)),
    )
    const text = `${name}::text${mapped.isArray ? '[]' : ''}`
    if (mapped.isArray)
      return pairs.reduce((value, [from, to]) => `array_replace(${value}, ${from}, ${to})`, text)
    const cases = pairs.map(([from, to]) => `WHEN ${from} THEN ${to}`)
    return `CASE ${text} ${cases.join(' ')} ELSE ${text} END`
  }
}

function isPartOf({ partitionOf, inherits = [] }: Table, parent: Table): boolean {
  const parents = partitionOf ? [partitionOf.parent, ...inherits] : inherits
  return parents.some(({ schema, name }) => schema === parent.schema && name === parent.name)
}
