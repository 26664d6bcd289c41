import type { MaterializedView, View } from '../../../schema/index.ts'
import {
  type CatalogQuery,
  commentOf,
  isNoMember,
  isUserSchema,
  tablespaceOf,
} from './catalog-query.ts'
import { type ColumnRow, type ColumnsByTable, columnStorage } from './columns.ts'
import { address, type FoundObject, optionsRecord, present } from './found-object.ts'

interface ViewRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly materialized: boolean
  readonly definition: string
  readonly options: readonly string[] | null
  readonly accessMethod: string | null
  readonly tablespace: string | null
  readonly comment: string | null
}

export const viewsQuery: CatalogQuery<ViewRow> = () => `
  select c.oid, n.nspname as schema, c.relname as name, c.relkind = 'm' as materialized,
    pg_get_viewdef(c.oid) as definition, c.reloptions as options, am.amname as "accessMethod",
    ${tablespaceOf('c.reltablespace')} as tablespace, ${commentOf('pg_class', 'c.oid')} as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  left join pg_am am on am.oid = c.relam and am.amname <> 'heap'
  where c.relkind in ('v', 'm') and ${isUserSchema} and ${isNoMember('pg_class', 'c.oid')}`

export function readViews(
  rows: readonly ViewRow[],
  columns: ColumnsByTable,
): FoundObject<View | MaterializedView>[] {
  return rows.map(row => ({
    object: row.materialized
      ? materializedView(row, columns.of(row.oid))
      : view(row, columns.of(row.oid)),
    addresses: [address('pg_class', row.oid)],
  }))
}

function base(row: ViewRow, columns: readonly ColumnRow[]) {
  return {
    schema: row.schema,
    name: row.name,
    definition: row.definition.trim().replace(/;$/, ''),
    options: optionsRecord(row.options),
    comment: row.comment,
    columnComments: byColumn(columns, column => column.comment),
  }
}

function view(row: ViewRow, columns: readonly ColumnRow[]): View {
  return present({
    kind: 'view' as const,
    ...base(row, columns),
    columns: columns.map(({ name, type, collation }) =>
      [name, type, collation ?? ''].join(' ').trimEnd(),
    ),
    columnDefaults: byColumn(columns, column => column.expression),
  })
}

function materializedView(row: ViewRow, columns: readonly ColumnRow[]): MaterializedView {
  return present({
    kind: 'materializedView' as const,
    ...base(row, columns),
    accessMethod: row.accessMethod,
    tablespace: row.tablespace,
    columnStorage: byColumn(columns, column => {
      const storage = columnStorage(column)
      return Object.keys(storage).length === 0 ? null : storage
    }),
  })
}

/** What some columns have, by their names; nothing where none has it. */
function byColumn<T>(
  columns: readonly ColumnRow[],
  value: (column: ColumnRow) => T | null,
): Record<string, T> | undefined {
  const entries = columns.flatMap(column => {
    const found = value(column)
    return found === null ? [] : [[column.name, found] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
