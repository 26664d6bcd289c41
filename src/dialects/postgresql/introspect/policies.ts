import type { Policy } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import { withoutParentheses } from './deparsed.ts'
import { address, type FoundObject, flag, present, some } from './found-object.ts'

interface PolicyRow {
  readonly oid: string
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly permissive: boolean
  readonly command: '*' | 'r' | 'a' | 'w' | 'd'
  readonly roles: readonly string[] | null
  readonly using: string | null
  readonly withCheck: string | null
  readonly comment: string | null
}

/** PUBLIC is the role 0, which no row of pg_roles has. */
export const policiesQuery: CatalogQuery<PolicyRow> = () => `
  select p.oid, n.nspname as schema, t.relname as "table", p.polname as name,
    p.polpermissive as permissive, p.polcmd as command,
    (select array_agg(r.rolname order by r.rolname) from pg_roles r where r.oid = any (p.polroles))
      as roles,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid)
      as "withCheck",
    ${commentOf('pg_policy', 'p.oid')} as comment
  from pg_policy p
  join pg_class t on t.oid = p.polrelid
  join pg_namespace n on n.oid = t.relnamespace
  where ${isUserSchema} and ${isNoMember('pg_class', 't.oid')}`

const commands = { '*': undefined, r: 'select', a: 'insert', w: 'update', d: 'delete' } as const

export function readPolicies(rows: readonly PolicyRow[]): FoundObject<Policy>[] {
  return rows.map(row => ({
    object: present({
      kind: 'policy' as const,
      schema: row.schema,
      table: row.table,
      name: row.name,
      restrictive: flag(!row.permissive),
      command: commands[row.command],
      roles: some(row.roles),
      using: row.using && withoutParentheses(row.using),
      withCheck: row.withCheck && withoutParentheses(row.withCheck),
      comment: row.comment,
    }),
    addresses: [address('pg_policy', row.oid)],
  }))
}
