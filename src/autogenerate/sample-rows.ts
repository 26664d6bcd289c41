import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import {
  type Column,
  type DatabaseSchema,
  type ForeignKey,
  objectId,
  type Table,
} from '../schema/index.ts'
import { partitionKeys } from './partition-keys.ts'
import { enumOf, sampleValue } from './sample-values.ts'

const usualRows = 3

/** Of an enum with more values not each is seen. */
const mostRows = 20

/** Tables that hold sample rows now, and those that could not be filled, with the reason. */
export interface SampledTables {
  readonly filled: readonly Table[]
  readonly empty: ReadonlyMap<Table, string>
}

/**
 * Puts rows into tables, after those that their foreign keys refer to. A table whose constraints
 * refuse every row stays empty, and says why; so do those in `without`, which get rows of their own.
 */
export async function insertSampleRows(
  connection: Connection,
  dialect: Dialect,
  schema: DatabaseSchema,
  tables: readonly Table[],
  without: readonly Table[] = [],
): Promise<SampledTables> {
  const rows = rowsFor(tables, schema)
  const filled: Table[] = []
  const empty = new Map<Table, string>()
  for (const table of parentsFirst(schema, tables)) {
    const reason = without.includes(table)
      ? 'the upgrade inserts rows into it'
      : await fillTable(connection, dialect, schema, table, rows)
    if (reason === undefined) filled.push(table)
    else empty.set(table, reason)
  }
  return { filled, empty }
}

/** As many rows that each value of an enum has one; the same in all tables, since rows refer to each other. */
function rowsFor(tables: readonly Table[], schema: DatabaseSchema): number {
  const types = new Set(tables.flatMap(({ columns }) => columns.map(({ type }) => type)))
  const sizes = [...types].map(type => enumOf(type, schema)?.values.length ?? 0)
  return Math.min(Math.max(usualRows, ...sizes), mostRows)
}

/** The tables and all that their foreign keys reach, each after what it refers to as far as cycles let. */
function parentsFirst(schema: DatabaseSchema, tables: readonly Table[]): Table[] {
  const order = new Set<Table>()
  const visiting = new Set<Table>()
  const visit = (table: Table) => {
    if (visiting.has(table)) return
    visiting.add(table)
    for (const parent of parentsOf(schema, table)) visit(parent)
    order.add(table)
  }
  for (const table of tables) visit(table)
  return [...order]
}

function parentsOf(schema: DatabaseSchema, table: Table): Table[] {
  return [...schema.objects.values()].flatMap(object => {
    if (object.kind !== 'constraint' || object.type !== 'foreignKey') return []
    if (object.schema !== table.schema || object.table !== table.name) return []
    const parent = schema.objects.get(referencedId(object))
    return parent?.kind === 'table' ? [parent] : []
  })
}

function referencedId({ references }: ForeignKey): string {
  return objectId({
    kind: 'table',
    schema: references.schema,
    name: references.table,
    columns: [],
  })
}

/** Inserts what the table takes; the reason why it stays empty, or undefined. */
async function fillTable(
  connection: Connection,
  dialect: Dialect,
  schema: DatabaseSchema,
  table: Table,
  rows: number,
): Promise<string | undefined> {
  let refusal: string | undefined
  let inserted = 0
  for (let n = 1; n <= rows; n++) {
    const result = insertStatement(dialect, schema, table, n)
    if ('unknown' in result) return `no sample value of type ${result.unknown}`
    try {
      inserted += (await connection.query(result.sql)).rowCount
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      refusal ??= error.message
    }
  }
  return inserted > 0 || (await isFull(connection, dialect, table))
    ? undefined
    : (refusal ?? 'the table takes no rows')
}

/** A partition has the rows of its parent that belong there. */
async function isFull(connection: Connection, dialect: Dialect, table: Table): Promise<boolean> {
  const name = dialect.quoteQualified(table)
  const { rows } = await connection.query<{ full: boolean }>(
    `SELECT EXISTS (SELECT FROM ${name}) AS full`,
  )
  return rows[0]?.full === true
}

function insertStatement(
  dialect: Dialect,
  schema: DatabaseSchema,
  table: Table,
  n: number,
): { sql: string } | { unknown: string } {
  const columns = table.columns.filter(isWritable)
  const keys = partitionKeys(table, schema)
  const values: string[] = []
  for (const column of columns) {
    const value = keys.get(column.name)?.(n) ?? sampleValue(column, n, schema) ?? fallback(column)
    if (value === undefined) return { unknown: column.type }
    values.push(value)
  }
  const name = dialect.quoteQualified(table)
  if (columns.length === 0) return { sql: `INSERT INTO ${name} DEFAULT VALUES` }
  const names = columns.map(column => dialect.quote(column.name)).join(', ')
  const overriding = columns.some(column => column.identity?.always)
    ? ' OVERRIDING SYSTEM VALUE'
    : ''
  return { sql: `INSERT INTO ${name} (${names})${overriding} VALUES (${values.join(', ')})` }
}

const isWritable = (column: Column) => column.generated === undefined

function fallback(column: Column): string | undefined {
  if (column.default !== undefined) return 'DEFAULT'
  return column.notNull ? undefined : 'NULL'
}
