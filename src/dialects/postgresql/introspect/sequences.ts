import type { Sequence, SequenceOptions } from '../../../schema/index.ts'
import { quoteQualified, stringLiteral } from '../quoting.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import type { ColumnRow, ColumnsByTable } from './columns.ts'
import { address, type FoundObject, flag, present } from './found-object.ts'
import { makeObjectName } from './object-names.ts'
import type { TableRow } from './tables.ts'

export interface SequenceRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly unlogged: boolean
  readonly type: 'smallint' | 'integer' | 'bigint'
  /** 64-bit numbers, which JSON cannot carry as numbers. */
  readonly start: string
  readonly increment: string
  readonly minValue: string
  readonly maxValue: string
  readonly cache: string
  readonly cycle: boolean
  /** The column that owns it (OWNED BY), or that is an identity by it. */
  readonly ownerTable: string | null
  readonly ownerColumn: number | null
  readonly isIdentity: boolean
  /** Since PostgreSQL 15 the sequences of an unlogged table are unlogged, unless altered. */
  readonly isLoggedAsOwner: boolean
  readonly comment: string | null
}

export const sequencesQuery: CatalogQuery<SequenceRow> = version => ({
  fields: {
    oid: 'c.oid',
    schema: 'n.nspname',
    name: 'c.relname',
    unlogged: `c.relpersistence = 'u'`,
    type: 'format_type(s.seqtypid, null)',
    start: 's.seqstart::text',
    increment: 's.seqincrement::text',
    minValue: 's.seqmin::text',
    maxValue: 's.seqmax::text',
    cache: 's.seqcache::text',
    cycle: 's.seqcycle',
    ownerTable: 'd.refobjid',
    ownerColumn: 'd.refobjsubid',
    isIdentity: `coalesce(d.deptype = 'i', false)`,
    isLoggedAsOwner:
      version >= 150000 ? 'c.relpersistence is not distinct from o.relpersistence' : 'true',
    comment: commentOf('pg_class', 'c.oid'),
  },
  from: `from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_sequence s on s.seqrelid = c.oid
    left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
      and d.objsubid = 0 and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
      and d.deptype in ('a', 'i')
    left join pg_class o on o.oid = d.refobjid
    where ${isUserSchema} and ${isNoMember('pg_class', 'c.oid')}`,
})

/** The sequences that columns own, by column. */
export interface OwnedSequences {
  of(column: ColumnRow): SequenceRow | undefined
}

/** Arranges sequences by the columns that own them; the one that feeds a column comes first. */
export function ownedSequences(rows: readonly SequenceRow[]): OwnedSequences {
  const owned = new Map<string, SequenceRow[]>()
  for (const row of rows) {
    if (row.ownerTable === null) continue
    const key = `${row.ownerTable}.${row.ownerColumn}`
    owned.set(key, [...(owned.get(key) ?? []), row])
  }
  return {
    of(column) {
      const candidates = owned.get(`${column.table}.${column.number}`) ?? []
      return candidates.find(sequence => sequence.isIdentity || feeds(sequence, column))
    },
  }
}

function feeds(sequence: SequenceRow, column: ColumnRow): boolean {
  return column.expression === `nextval(${stringLiteral(quoteQualified(sequence))}::regclass)`
}

/**
 * Whether `serial` says all there is to say of a column and the sequence it owns: the name that
 * PostgreSQL would choose, every option the default of the type, and nothing said about it.
 */
export function isSerial(column: ColumnRow, table: TableRow, sequence: SequenceRow): boolean {
  return (
    feeds(sequence, column) &&
    column.notNull &&
    column.type === sequence.type &&
    !column.inherited &&
    table.ofType === null &&
    sequence.schema === table.schema &&
    sequence.name === makeObjectName(table.name, column.name, 'seq') &&
    sequence.comment === null &&
    sequence.isLoggedAsOwner &&
    Object.keys(sequenceOptions(sequence, column.type)).length === 0
  )
}

const greatest = { smallint: 2n ** 15n - 1n, integer: 2n ** 31n - 1n, bigint: 2n ** 63n - 1n }

/** The options of a sequence that are not the default for a sequence of the type. */
export function sequenceOptions(row: SequenceRow, type: string): SequenceOptions {
  const increment = BigInt(row.increment)
  const minValue = BigInt(row.minValue)
  const maxValue = BigInt(row.maxValue)
  const most = greatest[type as SequenceRow['type']]
  const isUp = increment > 0n
  return present({
    start: unless(BigInt(row.start), isUp ? minValue : maxValue),
    increment: unless(increment, 1n),
    minValue: unless(minValue, isUp ? 1n : -most - 1n),
    maxValue: unless(maxValue, isUp ? most : -1n),
    cache: unless(BigInt(row.cache), 1n),
    cycle: flag(row.cycle),
  })
}

const unless = (value: bigint, usual: bigint) => (value === usual ? null : value)

/** The sequences that are objects of their own: columns tell of the others. */
export function readSequences(
  rows: readonly SequenceRow[],
  tables: ReadonlyMap<string, TableRow>,
  columns: ColumnsByTable,
): FoundObject<Sequence>[] {
  return rows.flatMap(row => {
    const table = tables.get(row.ownerTable ?? '')
    const column = columns.of(row.ownerTable ?? '').find(({ number }) => number === row.ownerColumn)
    if (row.isIdentity || (table && column && isSerial(column, table, row))) return []
    return { object: ownSequence(row, table, column), addresses: [address('pg_class', row.oid)] }
  })
}

function ownSequence(
  row: SequenceRow,
  table: TableRow | undefined,
  column: ColumnRow | undefined,
): Sequence {
  return present({
    kind: 'sequence' as const,
    schema: row.schema,
    name: row.name,
    type: row.type === 'bigint' ? null : row.type,
    unlogged: flag(row.unlogged),
    ...sequenceOptions(row, row.type),
    ownedBy: table && column && { schema: table.schema, table: table.name, column: column.name },
    comment: row.comment,
  })
}
