import type { Collation } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import { address, type FoundObject, present } from './found-object.ts'

interface CollationRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly provider: string
  readonly deterministic: boolean
  readonly collate: string | null
  readonly ctype: string | null
  readonly locale: string | null
  readonly rules: string | null
  readonly comment: string | null
}

export const collationsQuery: CatalogQuery<CollationRow> = version => `
  select c.oid, n.nspname as schema, c.collname as name, c.collprovider as provider,
    c.collisdeterministic as deterministic, c.collcollate as collate, c.collctype as ctype,
    ${locale(version)} as locale, ${version >= 160000 ? 'c.collicurules' : 'null'} as rules,
    ${commentOf('pg_collation', 'c.oid')} as comment
  from pg_collation c
  join pg_namespace n on n.oid = c.collnamespace
  where ${isUserSchema} and ${isNoMember('pg_collation', 'c.oid')}`

function locale(version: number): string {
  if (version >= 170000) return 'c.colllocale'
  return version >= 150000 ? 'c.colliculocale' : 'null'
}

const providers: Readonly<Record<string, string>> = {
  b: 'builtin',
  c: 'libc',
  d: 'default',
  i: 'icu',
}

export function readCollations(rows: readonly CollationRow[]): FoundObject<Collation>[] {
  return rows.map(row => ({
    object: present({
      kind: 'collation' as const,
      schema: row.schema,
      name: row.name,
      options: collationOptions(row),
      comment: row.comment,
    }),
    addresses: [address('pg_collation', row.oid)],
  }))
}

/** Where both categories are the same, or there is but one (ICU, builtin), it is called the locale. */
function collationOptions(row: CollationRow): Record<string, string> {
  const isSplit = row.locale === null && row.collate !== row.ctype
  return present({
    provider: providers[row.provider] ?? row.provider,
    locale: isSplit ? null : (row.locale ?? row.collate),
    lc_collate: isSplit ? row.collate : null,
    lc_ctype: isSplit ? row.ctype : null,
    deterministic: row.deterministic ? null : 'false',
    rules: row.rules,
  })
}
