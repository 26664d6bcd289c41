import type { Index, IndexElement } from '../../../schema/index.ts'
import { type CatalogQuery, isNoMember, isUserSchema, tablespaceOf } from './catalog-query.ts'
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
  /** Only of one that no constraint owns. */
  readonly definition: string | null
  /** Column numbers, 0 for an expression: first the keys, then what INCLUDE lists. */
  readonly columnNumbers: readonly number[]
  readonly keyCount: number
  /** The keys as the definition spells them, without what follows each; absent where all are columns. */
  readonly keys: readonly string[] | null
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

export const indexesQuery: CatalogQuery<IndexRow> = version => ({
  fields: {
    oid: 'c.oid',
    schema: 'n.nspname',
    name: 'c.relname',
    table: 't.oid',
    tableName: 't.relname',
    constraint: 'k.oid',
    method: 'am.amname',
    unique: 'i.indisunique',
    nullsNotDistinct: version >= 150000 ? 'i.indnullsnotdistinct' : 'false',
    valid: 'i.indisvalid',
    partitioned: `c.relkind = 'I'`,
    clustered: 'i.indisclustered',
    definition: 'case when k.oid is null then pg_get_indexdef(c.oid) end',
    columnNumbers: 'i.indkey',
    keyCount: 'i.indnkeyatts',
    keys: `case when i.indexprs is not null or k.contype = 'x' then
      (select array_agg(pg_get_indexdef(c.oid, p, false) order by p)
        from generate_series(1, i.indnkeyatts) p) end`,
    where: 'pg_get_expr(i.indpred, i.indrelid)',
    options: 'c.reloptions',
    tablespace: tablespaceOf('c.reltablespace'),
    parent: `(select json_build_object('schema', pn.nspname, 'name', p.relname)
      from pg_inherits h join pg_class p on p.oid = h.inhparent
      join pg_namespace pn on pn.oid = p.relnamespace where h.inhrelid = c.oid)`,
    comment: 'x.description',
    settings: 's.settings',
  },
  from: `from pg_index i
    join pg_class c on c.oid = i.indexrelid
    join pg_class t on t.oid = i.indrelid and t.relkind in ('r', 'p', 'm')
    join pg_namespace n on n.oid = c.relnamespace
    join pg_am am on am.oid = c.relam
    left join pg_constraint k on k.conindid = c.oid and k.conrelid = t.oid
      and k.contype in ('p', 'u', 'x')
    left join pg_description x on x.classoid = 'pg_class'::regclass and x.objoid = c.oid
      and x.objsubid = 0
    left join (select a.attrelid, json_agg(json_build_object('position', a.attnum,
        'options', a.attoptions, 'statistics', nullif(a.attstattarget, -1))) as settings
      from pg_attribute a
      where a.attnum > 0 and (a.attoptions is not null or a.attstattarget >= 0)
      group by a.attrelid) s on s.attrelid = c.oid
    where ${isUserSchema} and ${isNoMember('pg_class', 't.oid')}`,
})

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
  const decorations = keyDecorations(row.definition ?? '', row.keys ?? [])
  const names = columns.names(row.table, row.columnNumbers)
  return decorations.slice(0, row.keyCount).map((_, place) => {
    const isColumn = row.columnNumbers[place] !== 0
    return present({
      column: isColumn ? names[place] : null,
      expression: isColumn ? null : withoutParentheses(row.keys?.[place] ?? ''),
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
