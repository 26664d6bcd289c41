import type { Statistics } from '../../../schema/index.ts'
import { type CatalogQuery, commentOf, isNoMember, isUserSchema } from './catalog-query.ts'
import { clause, splitList } from './deparsed.ts'
import { address, type FoundObject, present } from './found-object.ts'

interface StatisticsRow {
  readonly oid: string
  readonly schema: string
  readonly name: string
  readonly table: { readonly schema: string; readonly name: string }
  readonly definition: string
  readonly target: number | null
  readonly comment: string | null
}

export const statisticsQuery: CatalogQuery<StatisticsRow> = () => `
  select s.oid, n.nspname as schema, s.stxname as name,
    json_build_object('schema', tn.nspname, 'name', t.relname) as "table",
    pg_get_statisticsobjdef(s.oid) as definition, nullif(s.stxstattarget, -1) as target,
    ${commentOf('pg_statistic_ext', 's.oid')} as comment
  from pg_statistic_ext s
  join pg_namespace n on n.oid = s.stxnamespace
  join pg_class t on t.oid = s.stxrelid
  join pg_namespace tn on tn.oid = t.relnamespace
  where ${isUserSchema} and ${isNoMember('pg_statistic_ext', 's.oid')}
    and ${isNoMember('pg_class', 't.oid')}`

export function readStatistics(rows: readonly StatisticsRow[]): FoundObject<Statistics>[] {
  return rows.map(row => ({
    object: present({
      kind: 'statistics' as const,
      schema: row.schema,
      name: row.name,
      kinds: kinds(row.definition),
      expressions: splitList(clause(row.definition, 'ON', ['FROM']) ?? ''),
      table: row.table,
      target: row.target,
      comment: row.comment,
    }),
    addresses: [address('pg_statistic_ext', row.oid)],
  }))
}

/** The server lists kinds only where not all of them are wanted. */
function kinds(definition: string): string[] {
  const list = / \(([a-z, ]+)\)$/.exec(clause(definition, 'STATISTICS', ['ON']) ?? '')
  return list === null ? [] : splitList(list[1]!)
}
