import type { Namespace } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import { address, type FoundObject, present } from './found-object.ts'

interface SchemaRow {
  readonly oid: string
  readonly name: string
  readonly comment: string | null
}

export const schemasQuery: CatalogQuery<SchemaRow> = () => `
  select n.oid, n.nspname as name, ${commentOf('pg_namespace', 'n.oid')} as comment
  from pg_namespace n
  where ${isUserSchema} and ${isNoMember('pg_namespace', 'n.oid')}`

/** What every new database says of its schema `public`. */
const standardComment = 'standard public schema'

export function readSchemas(rows: readonly SchemaRow[]): FoundObject<Namespace>[] {
  return rows.map(row => ({
    object: present({ kind: 'schema' as const, name: row.name, comment: schemaComment(row) }),
    addresses: [address('pg_namespace', row.oid)],
  }))
}

/** The empty comment is one that was taken away. */
function schemaComment({ name, comment }: SchemaRow): string | null {
  if (name !== 'public') return comment
  return comment === standardComment ? null : (comment ?? '')
}
