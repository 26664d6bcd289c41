import type { Index, IndexElement } from '../../../schema/index.ts'
import {
  type CatalogQuery,
  commentOf,
  isNoMember,
  isUserSchema,
  tablespaceOf,
} from './catalog-query.ts'
import type { ColumnsByTable } from './columns.ts'
import { withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, flag, optionsRecord, present, some } from './found-object.ts'
import { type KeyDecoration, keyDecorations } from './index-definition.ts'

export interface IndexRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly table: string
  readonly tableName: string
  /** The constraint that owns it. */
  readonly constraint: string | null
  readonly method: string
  readonly unique: boolean
  readonly nullsNotDistinct: boolean
  readonly valid: boolean
  /** It stands on a partitioned table and holds nothing itself. */
  readonly partitioned: boolean
  readonly clustered: boolean
  readonly definition: string
  /** Column numbers, 0 for an expression: first the keys, then what INCLUDE lists. */
  readonly columnNumbers: readonly number[]
  readonly keyCount: number
  /** The keys as the definition spells them, without what follows each. */
  readonly keys: readonly string[]
  readonly where: string | null
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly parent: { readonly schema: string; readonly name: string } | null
  readonly comment: string | null
  /** What was set on single keys, by position. */
  readonly settings: readonly KeySettings[] | null
}

interface KeySettings {
  readonly position: number
  readonly options: readonly string[] | null
  readonly statistics: number | null
}

export const indexesQuery: CatalogQuery<IndexRow> = version => `
  select c.oid, n.nspname as schema, c.relname as name, t.oid as "table", t.relname as "tableName",
    (select k.oid from pg_constraint k
      where k.conindid = c.oid and k.conrelid = t.oid and k.contype in ('p', 'u', 'x')) as constraint,
    am.amname as method, i.indisunique as unique, i.indisvalid as valid, c.relkind = 'I' as partitioned,
    ${version >= 150000 ? 'i.indnullsnotdistinct' : 'false'} as "nullsNotDistinct",
    i.indisclustered as clustered, pg_get_indexdef(c.oid) as definition,
    i.indkey as "columnNumbers", i.indnkeyatts as "keyCount",
    (select array_agg(pg_get_indexdef(c.oid, k, false) order by k)
      from generate_series(1, i.indnkeyatts) k) as keys,
    pg_get_expr(i.indpred, i.indrelid) as where, c.reloptions as options,
    ${tablespaceOf('c.reltablespace')} as tablespace,
    (select json_build_object('schema', pn.nspname, 'name', p.relname)
      from pg_inherits h join pg_class p on p.oid = h.inhparent
      join pg_namespace pn on pn.oid = p.relnamespace where h.inhrelid = c.oid) as parent,
    ${commentOf('pg_class', 'c.oid')} as comment,
    (select json_agg(json_build_object('position', a.attnum, 'options', a.attoptions,
        'statistics', nullif(a.attstattarget, -1)))
      from pg_attribute a where a.attrelid = c.oid
        and (a.attoptions is not null or a.attstattarget >= 0)) as settings
  from pg_index i
  join pg_class c on c.oid = i.indexrelid
  join pg_class t on t.oid = i.indrelid and t.relkind in ('r', 'p', 'm')
  join pg_namespace n on n.oid = c.relnamespace
  join pg_am am on am.oid = c.relam
  where ${isUserSchema} and ${isNoMember('pg_class', 't.oid')}`

/** The indexes that no constraint owns. */
export function readIndexes(
  rows: readonly IndexRow[],
  columns: ColumnsByTable,
): FoundObject<Index>[] {
  return rows
    .filter(row => row.constraint === null && !isBroken(row))
    .map(row => ({ object: readIndex(row, columns), addresses: [address('pg_class', row.oid)] }))
}

/**
 * What a failed CREATE INDEX CONCURRENTLY leaves. A partitioned index is not valid before every
 * partition has its part, which is no defect.
 */
export function isBroken(row: IndexRow): boolean {
  return !row.valid && !row.partitioned
}

function readIndex(row: IndexRow, columns: ColumnsByTable): Index {
  return present({
    kind: 'index' as const,
    schema: row.schema,
    table: row.tableName,
    name: row.name,
    elements: indexElements(row, columns),
    unique: flag(row.unique),
    method: row.method === 'btree' ? null : row.method,
    ...indexStorage(row, columns),
    where: row.where === null ? null : withoutParentheses(row.where),
    nullsNotDistinct: flag(row.nullsNotDistinct),
    comment: row.comment,
    statistics: statistics(row),
  })
}

/** What an index and a constraint's index have in common beside their keys. */
export function indexStorage(row: IndexRow, columns: ColumnsByTable) {
  return present({
    include: some(columns.names(row.table, row.columnNumbers.slice(row.keyCount))),
    options: optionsRecord(row.options),
    tablespace: row.tablespace,
    only: flag(row.partitioned),
    attachedTo: row.parent,
    clustered: flag(row.clustered),
  })
}

function indexElements(row: IndexRow, columns: ColumnsByTable): IndexElement[] {
  const decorations = keyDecorations(row.definition, row.keys)
  const names = columns.names(row.table, row.columnNumbers)
  return row.keys.map((key, place) => {
    const isColumn = row.columnNumbers[place] !== 0
    return present({
      column: isColumn ? names[place] : null,
      expression: isColumn ? null : withoutParentheses(key),
      ...decoration(decorations[place]),
      opclassOptions: optionsRecord(settingsOf(row, place + 1)?.options ?? null),
    })
  })
}

function decoration({ collation, opclass, order, nulls }: Partial<KeyDecoration> = {}) {
  return present({ collation, opclass, order, nulls })
}

function settingsOf(row: IndexRow, position: number): KeySettings | undefined {
  return row.settings?.find(settings => settings.position === position)
}

function statistics(row: IndexRow): Record<number, number> | null {
  const targets = (row.settings ?? []).flatMap(({ position, statistics }) =>
    statistics === null ? [] : [[position, statistics] as const],
  )
  return targets.length === 0 ? null : Object.fromEntries(targets)
}
