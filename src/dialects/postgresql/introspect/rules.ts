import type { Rule } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import { clause } from './deparsed.ts'
import { address, type FoundObject, present } from './found-object.ts'
import { type FiringState, firingStates } from './triggers.ts'

interface RuleRow {
  readonly oid: string
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly definition: string
  readonly enabled: FiringState
  readonly comment: string | null
}

/** The rule `_RETURN` is a view itself. */
export const rulesQuery: CatalogQuery<RuleRow> = () => `
  select r.oid, n.nspname as schema, t.relname as "table", r.rulename as name,
    pg_get_ruledef(r.oid) as definition, r.ev_enabled as enabled,
    ${commentOf('pg_rewrite', 'r.oid')} as comment
  from pg_rewrite r
  join pg_class t on t.oid = r.ev_class
  join pg_namespace n on n.oid = t.relnamespace
  where r.rulename <> '_RETURN' and ${isUserSchema} and ${isNoMember('pg_class', 't.oid')}`

export function readRules(rows: readonly RuleRow[]): FoundObject<Rule>[] {
  return rows.map(row => ({
    object: present({
      kind: 'rule' as const,
      schema: row.schema,
      table: row.table,
      name: row.name,
      definition: (clause(row.definition, 'AS') ?? '').replace(/;$/, ''),
      enabled: firingStates[row.enabled],
      comment: row.comment,
    }),
    addresses: [address('pg_rewrite', row.oid)],
  }))
}
