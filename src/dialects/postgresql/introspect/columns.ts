import type { Column, ColumnStorage, Identity, NotNullConstraint } from '../../../schema/index.ts'
import { type CatalogQuery, isUserSchema } from './catalog-query.ts'
import { withoutParentheses } from './deparsed.ts'
import { flag, present } from './found-object.ts'
import { makeObjectName } from './object-names.ts'
import { isSerial, type SequenceRow, sequenceOptions } from './sequences.ts'
import { shortType } from './short-type.ts'
import type { TableRow } from './tables.ts'

export interface ColumnRow {
  /** The relation it belongs to: a table, a view, or the inside of a composite type. */
  readonly table: string
  readonly number: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  /** Its default or generation expression. */
  readonly expression: string | null
  readonly expressionOid: string | null
  readonly generated: 's' | 'v' | null
  readonly identity: 'a' | 'd' | null
  readonly collation: string | null
  readonly storage: 'p' | 'e' | 'x' | 'm' | null
  readonly compression: 'p' | 'l' | null
  readonly statistics: number | null
  readonly inherited: boolean
  readonly comment: string | null
  /** PostgreSQL 18 keeps NOT NULL as a constraint. */
  readonly notNullConstraint: NotNullRow | null
}

interface NotNullRow {
  readonly name: string
  readonly validated: boolean
  readonly noInherit: boolean
  readonly local: boolean
}

export const columnsQuery: CatalogQuery<ColumnRow> = version => ({
  fields: {
    table: 'a.attrelid',
    number: 'a.attnum',
    name: 'a.attname',
    type: 'format_type(a.atttypid, a.atttypmod)',
    notNull: 'a.attnotnull',
    expression: 'pg_get_expr(d.adbin, d.adrelid)',
    expressionOid: 'd.oid',
    generated: `nullif(a.attgenerated, '')`,
    identity: `nullif(a.attidentity, '')`,
    collation: `case when cn.nspname = 'pg_catalog' then co.collname::text
      when co.oid is not null then format('%I.%I', cn.nspname, co.collname) end`,
    storage: 'nullif(a.attstorage, t.typstorage)',
    compression: version >= 140000 ? `nullif(a.attcompression, '')` : 'null',
    statistics: 'nullif(a.attstattarget, -1)',
    inherited: 'not a.attislocal',
    comment: 'x.description',
    notNullConstraint: version >= 180000 ? notNullConstraint : 'null',
  },
  from: `from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
    join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    left join pg_collation co on co.oid = a.attcollation and a.attcollation <> t.typcollation
    left join pg_namespace cn on cn.oid = co.collnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_description x on x.classoid = 'pg_class'::regclass and x.objoid = a.attrelid
      and x.objsubid = a.attnum
    where a.attnum > 0 and not a.attisdropped and ${isUserSchema}
    order by a.attrelid, a.attnum`,
})

const notNullConstraint = `(select json_build_object('name', k.conname, 'validated', k.convalidated,
    'noInherit', k.connoinherit, 'local', k.conislocal)
  from pg_constraint k
  where k.conrelid = a.attrelid and k.contype = 'n' and k.conkey[1] = a.attnum)`

/** The columns of every relation, in their order and by number. */
export interface ColumnsByTable {
  readonly all: readonly ColumnRow[]
  of(table: string): readonly ColumnRow[]
  /** The one behind a catalog's column number. */
  numbered(table: string, number: number): ColumnRow | undefined
  /** The names behind a catalog's list of column numbers. */
  names(table: string, numbers: readonly number[]): string[]
}

/** Arranges all columns by their tables. */
export function columnsByTable(rows: readonly ColumnRow[]): ColumnsByTable {
  const tables = new Map<string, ColumnRow[]>()
  for (const row of rows) {
    const columns = tables.get(row.table)
    if (columns === undefined) tables.set(row.table, [row])
    else columns.push(row)
  }
  const of = (table: string) => tables.get(table) ?? []
  return {
    all: rows,
    of,
    numbered: (table, number) => columnNumbered(number, of(table)),
    names: (table, numbers) => {
      const columns = of(table)
      return numbers.map(number => columnNumbered(number, columns)?.name ?? '')
    },
  }
}

/** Its number is its place, unless columns before it were dropped. */
function columnNumbered(number: number, columns: readonly ColumnRow[]): ColumnRow | undefined {
  const likely = columns[number - 1]
  return likely?.number === number ? likely : columns.find(column => column.number === number)
}

/** One column of a table; `sequence` is the one that the column owns, if any. */
export function readColumn(
  row: ColumnRow,
  table: TableRow,
  sequence: SequenceRow | undefined,
): Column {
  const type = shortType(row.type)
  const serial = sequence && isSerial(row, table, sequence) ? sequence : undefined
  return present({
    name: row.name,
    type: serial ? serials[type as keyof typeof serials] : type,
    notNull: row.notNull,
    default:
      serial || row.generated || row.expression === null ? undefined : { sql: row.expression },
    generated: row.generated && {
      expression: withoutParentheses(row.expression ?? ''),
      stored: row.generated === 's',
    },
    identity: sequence && row.identity && readIdentity(row, table, sequence),
    collation: row.collation,
    comment: row.comment,
    ...columnStorage(row),
    notNullConstraint: row.notNullConstraint && notNull(row, row.notNullConstraint, table),
    // Every column of a partition comes from its parent; only below INHERITS does it tell anything.
    inherited: flag(row.inherited && !table.isPartition),
  })
}

/** How the values of a column are kept, where that was chosen. */
export function columnStorage(row: ColumnRow): ColumnStorage {
  return present({
    storage: row.storage && storages[row.storage],
    compression: row.compression && compressions[row.compression],
    statistics: row.statistics,
  })
}

const serials = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' } as const
const storages = { p: 'plain', e: 'external', x: 'extended', m: 'main' } as const
const compressions = { p: 'pglz', l: 'lz4' } as const

function readIdentity(row: ColumnRow, table: TableRow, sequence: SequenceRow): Identity {
  const isUsualName =
    sequence.schema === table.schema &&
    sequence.name === makeObjectName(table.name, row.name, 'seq')
  return present({
    always: row.identity === 'a',
    sequenceName: isUsualName ? null : sequence.name,
    ...sequenceOptions(sequence, row.type),
    unlogged: sequence.isLoggedAsOwner ? null : sequence.unlogged,
  })
}

/**
 * What is unusual about a NOT NULL that was declared here. A partition is made as a table of its own
 * before it is attached, so it declares all of them; an inherited column's own one is told by its name.
 */
function notNull(
  row: ColumnRow,
  constraint: NotNullRow,
  table: TableRow,
): NotNullConstraint | null {
  if (!constraint.local && !table.isPartition) return row.inherited ? null : { inherited: true }
  const isUsual = constraint.name === makeObjectName(table.name, row.name, 'not_null')
  const isDeclared = !row.inherited || table.isPartition
  const state = present({
    name: isUsual && isDeclared ? null : constraint.name,
    notValid: flag(!constraint.validated),
    noInherit: flag(constraint.noInherit),
  })
  return Object.keys(state).length === 0 ? null : state
}
