import type { Extension } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf } from './catalog-query.ts'
import { address, type FoundObject, present } from './found-object.ts'

interface ExtensionRow {
  readonly oid: string
  readonly name: string
  readonly schema: string
  readonly comment: string | null
  /** What the control file says, which CREATE EXTENSION makes the comment. */
  readonly usualComment: string | null
}

export const extensionsQuery: CatalogQuery<ExtensionRow> = () => `
  select e.oid, e.extname as name, n.nspname as schema, a.comment as "usualComment",
    ${commentOf('pg_extension', 'e.oid')} as comment
  from pg_extension e
  join pg_namespace n on n.oid = e.extnamespace
  left join pg_available_extensions() a on a.name = e.extname`

export function readExtensions(rows: readonly ExtensionRow[]): FoundObject<Extension>[] {
  return rows.map(row => ({
    object: present({
      kind: 'extension' as const,
      name: row.name,
      schema: row.schema,
      comment: row.comment === row.usualComment ? null : (row.comment ?? ''),
    }),
    addresses: [address('pg_extension', row.oid)],
  }))
}
