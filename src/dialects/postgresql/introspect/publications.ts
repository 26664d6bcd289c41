import type { Publication } from '../../../schema/index.ts'
import { quote } from '../quoting.ts'
import { type CatalogQuery, commentOf } from './catalog-query.ts'
import { withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, present } from './found-object.ts'

interface PublicationRow {
  readonly oid: string
  readonly name: string
  readonly allTables: boolean
  readonly insert: boolean
  readonly update: boolean
  readonly delete: boolean
  readonly truncate: boolean
  readonly viaRoot: boolean
  readonly generatedColumns: 's' | 'n'
  readonly tables: readonly PublishedTable[] | null
  readonly schemas: readonly PublishedSchema[] | null
  readonly comment: string | null
}

interface PublishedTable {
  readonly oid: string
  /** Qualified SQL. */
  readonly name: string
  readonly columns: readonly string[] | null
  readonly where: string | null
}

interface PublishedSchema {
  readonly oid: string
  readonly name: string
}

export const publicationsQuery: CatalogQuery<PublicationRow> = version => `
  select p.oid, p.pubname as name, p.puballtables as "allTables", p.pubinsert as insert,
    p.pubupdate as update, p.pubdelete as delete, p.pubtruncate as truncate,
    p.pubviaroot as "viaRoot", ${version >= 180000 ? 'p.pubgencols' : `'n'`} as "generatedColumns",
    (select json_agg(json_build_object('oid', r.oid, 'name', format('%I.%I', n.nspname, c.relname),
        ${version >= 150000 ? publishedPart : `'columns', null, 'where', null`})
        order by n.nspname, c.relname)
      from pg_publication_rel r join pg_class c on c.oid = r.prrelid
      join pg_namespace n on n.oid = c.relnamespace where r.prpubid = p.oid) as tables,
    ${version >= 150000 ? publishedSchemas : 'null'} as schemas,
    ${commentOf('pg_publication', 'p.oid')} as comment
  from pg_publication p`

const publishedPart = `
  'columns', (select array_agg(a.attname order by k.place)
    from unnest(r.prattrs) with ordinality k(number, place)
    join pg_attribute a on a.attrelid = r.prrelid and a.attnum = k.number),
  'where', pg_get_expr(r.prqual, r.prrelid)`

const publishedSchemas = `
  (select json_agg(json_build_object('oid', s.oid, 'name', n.nspname) order by n.nspname)
    from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid
    where s.pnpubid = p.oid)`

export function readPublications(rows: readonly PublicationRow[]): FoundObject<Publication>[] {
  return rows.map(row => ({
    object: present({
      kind: 'publication' as const,
      name: row.name,
      objects: publishedObjects(row),
      options: publicationOptions(row),
      comment: row.comment,
    }),
    addresses: [
      address('pg_publication', row.oid),
      ...(row.tables ?? []).map(table => address('pg_publication_rel', table.oid)),
      ...(row.schemas ?? []).map(schema => address('pg_publication_namespace', schema.oid)),
    ],
  }))
}

function publishedObjects(row: PublicationRow): string | null {
  if (row.allTables) return 'ALL TABLES'
  const tables = (row.tables ?? []).map(publishedTable).join(', ')
  const schemas = (row.schemas ?? []).map(schema => quote(schema.name)).join(', ')
  const lists = [tables && `TABLE ${tables}`, schemas && `TABLES IN SCHEMA ${schemas}`]
  return lists.filter(Boolean).join(', ') || null
}

/** ONLY, because every child that is published has a row of its own. */
function publishedTable({ name, columns, where }: PublishedTable): string {
  const list = columns === null ? '' : ` (${columns.map(quote).join(', ')})`
  const filter = where === null ? '' : ` WHERE (${withoutParentheses(where)})`
  return `ONLY ${name}${list}${filter}`
}

function publicationOptions(row: PublicationRow): Record<string, string> | null {
  const actions = (['insert', 'update', 'delete', 'truncate'] as const).filter(
    action => row[action],
  )
  const options = present({
    publish: actions.length === 4 ? null : actions.join(', '),
    publish_via_partition_root: row.viaRoot ? 'true' : null,
    publish_generated_columns: row.generatedColumns === 's' ? 'stored' : null,
  })
  return Object.keys(options).length === 0 ? null : options
}
