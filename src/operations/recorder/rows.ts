import { isRecord } from '../../config/shapes.ts'
import { type ColumnRecord, toldOf } from '../../declarations/columns.ts'
import { compact, invalid, whatIs } from '../../declarations/declaration.ts'
import type { InsertOf } from '../../declarations/rows.ts'
import { isSql, type Sql } from '../../declarations/sql.ts'
import { isTable, type TableDeclaration } from '../../declarations/tables.ts'
import type { Column } from '../../schema/index.ts'
import { didYouMean } from '../../text/nearest.ts'
import type { BulkDelete, BulkInsert, PlainRow, RowColumn } from '../operation.ts'

/** A row for a declared table: values of its columns' types, or SQL. */
export type RowFor<T extends TableDeclaration> = {
  readonly [K in keyof InsertOf<T>]: InsertOf<T>[K] | Sql
}

/** What is said of rows beside the table. */
export interface RowsOptions {
  /** The columns that name a row: what undoes it deletes, or inserts, by them. */
  readonly key?: string | readonly string[] | undefined
}

/** What is said of rows where the table is but a name. */
export interface NamedRowsOptions extends RowsOptions {
  readonly schema?: string | undefined
  /** Columns with their builders, all or some: a value is spelled by the type of its column. */
  readonly columns?: ColumnRecord | undefined
}

/** Rows that are put into a table. */
export function bulkInsert(
  table: string | TableDeclaration,
  rows: unknown,
  { key, ...options }: NamedRowsOptions,
): BulkInsert {
  const kind = 'bulkInsert'
  const given = rowsIn(kind, table, rows, options)
  return compact({ kind, ...given, key: key === undefined ? key : keyOf(key, kind, given) })
}

/** Rows that are deleted from a table, named by their key. */
export function bulkDelete(
  table: string | TableDeclaration,
  rows: unknown,
  { key, ...options }: NamedRowsOptions & Required<Pick<RowsOptions, 'key'>>,
): BulkDelete {
  const kind = 'bulkDelete'
  const given = rowsIn(kind, table, rows, options)
  return compact({ kind, ...given, key: keyOf(key ?? [], kind, given) })
}

type Kind = 'bulkInsert' | 'bulkDelete'
type GivenRows = Omit<BulkInsert, 'kind' | 'key'>

const placeOf = (kind: Kind, { table }: Pick<GivenRows, 'table'>): string =>
  `op.${kind} of ${table}`

function rowsIn(
  kind: Kind,
  target: string | TableDeclaration,
  rows: unknown,
  options: NamedRowsOptions,
): GivenRows {
  const { schema, table, columns, isWhole } = readTarget(target, options, `op.${kind}`)
  const place = placeOf(kind, { table })
  if (!Array.isArray(rows))
    throw invalid(place, `its rows are ${whatIs(rows)}, not a list.`, 'Write [{ id: 1, … }, …].')
  const given = rows.map((row, at) => plainRow(row, columns, isWhole, `${place}, row ${at + 1}`))
  return { schema, table, rows: given, columns: usedColumns(columns, given) }
}

/** What is known of a column that a row may give. */
interface KnownColumn extends RowColumn {
  readonly isGenerated: boolean
}

type KnownColumns = ReadonlyMap<string, KnownColumn>

interface Target {
  readonly schema: string | undefined
  readonly table: string
  readonly columns: KnownColumns
  /** The table has no other columns. */
  readonly isWhole: boolean
}

function readTarget(
  target: string | TableDeclaration,
  { schema, columns = {} }: NamedRowsOptions,
  place: string,
): Target {
  if (isTable(target)) {
    const { table } = target.parts
    const known = table.columns.map(({ name, ...column }) => [name, knownColumn(column)] as const)
    const whole = { columns: new Map(known), isWhole: true }
    return { schema: table.schema ?? schema, table: table.name, ...whole }
  }
  if (typeof target !== 'string' || target === '')
    throw invalid(place, `the table is ${whatIs(target)}, neither a name nor a table(…).`)
  return { schema, table: target, columns: declaredColumns(columns, target), isWhole: false }
}

function declaredColumns(columns: ColumnRecord, table: string): KnownColumns {
  return new Map(
    Object.entries(columns).map(([key, builder]) => {
      const { name = key, column } = toldOf(builder, `${table}.${key}`)
      return [name, knownColumn(column)]
    }),
  )
}

function knownColumn({
  type,
  identity,
  generated,
}: Pick<Column, 'type' | 'identity' | 'generated'>): KnownColumn {
  return { type, isAlways: identity?.always || undefined, isGenerated: generated !== undefined }
}

/** A row without the keys that have no value: their columns get their defaults. */
function plainRow(row: unknown, columns: KnownColumns, isWhole: boolean, place: string): PlainRow {
  if (!isRecord(row)) throw invalid(place, `it is ${whatIs(row)}, not a plain object.`)
  const entries = Object.entries(row).filter(([, value]) => value !== undefined)
  for (const [column, value] of entries) {
    requireColumn(column, columns, isWhole, place)
    requireValue(value, columns.get(column)?.type, `${place}, ${column}`)
  }
  return Object.fromEntries(entries)
}

function requireColumn(name: string, columns: KnownColumns, isWhole: boolean, place: string): void {
  const known = columns.get(name)
  if (known === undefined && isWhole)
    throw invalid(
      place,
      `it gives ${name}, which is no column of the table.`,
      didYouMean(name, columns.keys()) ?? `Its columns are ${[...columns.keys()].join(', ')}.`,
    )
  if (known?.isGenerated)
    throw invalid(place, `it gives ${name}, which is a generated column.`, 'Leave it out.')
}

/** Without its column's type it is not known whether a list is an array or JSON. */
function requireValue(value: unknown, type: string | undefined, place: string): void {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw invalid(place, `the value is ${whatIs(value)}.`)
  if (type !== undefined || typeof value !== 'object' || value === null) return
  if (Array.isArray(value))
    throw invalid(
      place,
      'the value is a list, and nothing says whether that is an array or JSON.',
      'Say the type of the column: { columns: { tags: text().array() } }, or jsonb(); or give the table(…) instead of its name.',
    )
  const isPlain = isSql(value) || value instanceof Date || value instanceof Uint8Array
  if (!isPlain && !isRecord(value))
    throw invalid(
      place,
      `the value is an instance of ${value.constructor?.name || 'a class'}.`,
      'Give it as a text, or as plain data.',
    )
}

function usedColumns(columns: KnownColumns, rows: readonly PlainRow[]): GivenRows['columns'] {
  const used = new Set(rows.flatMap(row => Object.keys(row)))
  const entries = [...columns]
    .filter(([name]) => used.has(name))
    .map(([name, { type, isAlways }]) => [name, compact({ type, isAlways })] as const)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function keyOf(key: string | readonly string[], kind: Kind, given: GivenRows): string[] {
  const columns = [key].flat()
  const place = placeOf(kind, given)
  if (columns.length === 0) throw invalid(place, 'its key has no column.')
  for (const [at, row] of given.rows.entries()) {
    const missing = columns.find(column => (row[column] ?? null) === null || isSql(row[column]))
    if (missing === undefined) continue
    throw invalid(
      `${place}, row ${at + 1}`,
      `its key ${missing} is ${isSql(row[missing]) ? 'SQL' : whatIs(row[missing])}.`,
      'Each row has to give a value for each column of the key.',
    )
  }
  return columns
}
