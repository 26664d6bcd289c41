import type { ReplicaIdentity, Table } from '../../../schema/index.ts'
import {
  type CatalogQuery,
  commentOf,
  isNoMember,
  isUserSchema,
  tablespaceOf,
} from './catalog-query.ts'
import { type ColumnRow, type ColumnsByTable, readColumn } from './columns.ts'
import { address, type FoundObject, flag, optionsRecord, present, some } from './found-object.ts'
import { isSerial, type OwnedSequences } from './sequences.ts'
import { shortType } from './short-type.ts'

export interface TableRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly comment: string | null
  readonly unlogged: boolean
  readonly options: readonly string[] | null
  /** Those of its TOAST table, each with `toast.` before it. */
  readonly toastOptions: readonly string[] | null
  readonly accessMethod: string | null
  readonly tablespace: string | null
  readonly ofType: string | null
  readonly partitionBy: string | null
  readonly isPartition: boolean
  readonly bounds: string | null
  readonly parents: readonly ParentRow[] | null
  readonly rowSecurity: boolean
  readonly forcedRowSecurity: boolean
  readonly replicaIdentity: 'd' | 'n' | 'f' | 'i'
  readonly replicaIndex: string | null
}

interface ParentRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
}

export const tablesQuery: CatalogQuery<TableRow> = () => ({
  fields: {
    oid: 'c.oid',
    schema: 'n.nspname',
    name: 'c.relname',
    comment: commentOf('pg_class', 'c.oid'),
    unlogged: `c.relpersistence = 'u'`,
    options: 'c.reloptions',
    toastOptions: `(select array_agg('toast.' || o) from pg_class tc, unnest(tc.reloptions) o
      where tc.oid = c.reltoastrelid)`,
    accessMethod: 'am.amname',
    tablespace: tablespaceOf('c.reltablespace'),
    ofType: 'case when c.reloftype <> 0 then format_type(c.reloftype, null) end',
    partitionBy: 'pg_get_partkeydef(c.oid)',
    isPartition: 'c.relispartition',
    bounds: 'pg_get_expr(c.relpartbound, c.oid)',
    parents: `(select json_agg(json_build_object('oid', p.oid, 'schema', pn.nspname,
        'name', p.relname) order by i.inhseqno)
      from pg_inherits i join pg_class p on p.oid = i.inhparent
      join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid)`,
    rowSecurity: 'c.relrowsecurity',
    forcedRowSecurity: 'c.relforcerowsecurity',
    replicaIdentity: 'c.relreplident',
    replicaIndex: `(select ic.relname from pg_index i join pg_class ic on ic.oid = i.indexrelid
      where i.indrelid = c.oid and i.indisreplident)`,
  },
  from: `from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_am am on am.oid = c.relam and am.amname <> 'heap'
    where c.relkind in ('r', 'p') and ${isUserSchema} and ${isNoMember('pg_class', 'c.oid')}`,
})

export function readTables(
  rows: readonly TableRow[],
  columns: ColumnsByTable,
  sequences: OwnedSequences,
): FoundObject<Table>[] {
  return rows.map(row => ({
    object: readTable(row, columns, sequences),
    addresses: [row.oid, ...serialSequences(row, columns, sequences)].map(oid =>
      address('pg_class', oid),
    ),
  }))
}

/** The sequences that come with the table, since `serial` says all of them. */
function serialSequences(row: TableRow, columns: ColumnsByTable, sequences: OwnedSequences) {
  return columns.of(row.oid).flatMap(column => {
    const sequence = sequences.of(column)
    return sequence && isSerial(column, row, sequence) ? [sequence.oid] : []
  })
}

function readTable(row: TableRow, columns: ColumnsByTable, sequences: OwnedSequences): Table {
  return present({
    kind: 'table' as const,
    schema: row.schema,
    name: row.name,
    columns: columns
      .of(row.oid)
      .map(column => readColumn(asDeclared(column, row, columns), row, sequences.of(column))),
    comment: row.comment,
    unlogged: flag(row.unlogged),
    options: optionsRecord(row.options, row.toastOptions),
    accessMethod: row.accessMethod,
    tablespace: row.tablespace,
    ofType: row.ofType && shortType(row.ofType),
    partitionBy: row.partitionBy,
    partitionOf: partitionOf(row),
    inherits: row.isPartition ? null : some(row.parents?.map(nameOf)),
    rowSecurity: rowSecurity(row),
    replicaIdentity: replicaIdentity(row),
  })
}

const nameOf = ({ schema, name }: ParentRow) => ({ schema, name })

/** A parent's generation expression reaches a child's column of that name; the child may not repeat it. */
function asDeclared(
  column: ColumnRow,
  { isPartition, parents }: TableRow,
  columns: ColumnsByTable,
) {
  if (isPartition || column.generated === null) return column
  const comesFromParent = parents?.some(parent =>
    columns
      .of(parent.oid)
      .some(({ name, expression }) => name === column.name && expression === column.expression),
  )
  return comesFromParent ? { ...column, generated: null, expression: null } : column
}

function partitionOf({ isPartition, parents, bounds }: TableRow): Table['partitionOf'] {
  const parent = isPartition ? parents?.[0] : undefined
  return parent && { parent: nameOf(parent), bounds: bounds ?? '' }
}

function rowSecurity(row: TableRow): Table['rowSecurity'] {
  if (!row.rowSecurity && !row.forcedRowSecurity) return undefined
  return { enabled: row.rowSecurity, forced: row.forcedRowSecurity }
}

function replicaIdentity(row: TableRow): ReplicaIdentity | undefined {
  switch (row.replicaIdentity) {
    case 'n':
      return 'nothing'
    case 'f':
      return 'full'
    case 'i':
      // The index may have been dropped since; then nothing identifies a row.
      return row.replicaIndex === null ? 'nothing' : { index: row.replicaIndex }
    default:
      return undefined
  }
}
