import type { UnmodelledObject } from '../../../schema/index.ts'
import { type CatalogQuery, firstUserOid, isNoMember, isUserSchema } from './catalog-query.ts'
import { type IndexRow, isBroken } from './indexes.ts'

/** What is there and has no place in a schema: it is named, so that nobody takes it for covered. */
export const unmodelledQuery: CatalogQuery<UnmodelledObject> = () => `
  select 'column options' as kind, format('%s.%s.%s', n.nspname, c.relname, a.attname) as name
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  where a.attoptions is not null and c.relkind in ('r', 'p', 'm', 'f') and ${isUserSchema}
    and ${isNoMember('pg_class', 'c.oid')}
  union all
  select 'comment on a NOT NULL constraint', format('%s.%s', n.nspname, k.conname)
  from pg_description x join pg_constraint k on k.oid = x.objoid and k.contype = 'n'
  join pg_namespace n on n.oid = k.connamespace
  where x.classoid = 'pg_constraint'::regclass and ${isUserSchema}
  union all
  select 'name of a domain''s NOT NULL', format('%s.%s', n.nspname, t.typname)
  from pg_constraint k join pg_type t on t.oid = k.contypid
  join pg_namespace n on n.oid = t.typnamespace
  where k.contype = 'n' and ${isUserSchema} and ${isNoMember('pg_type', 't.oid')}
    and octet_length(t.typname) < 55 and k.conname <> t.typname || '_not_null'
  union all
  select 'comment on a trigger of a partition', format('%s.%s.%s', n.nspname, c.relname, g.tgname)
  from pg_description x join pg_trigger g on g.oid = x.objoid and g.tgparentid <> 0
  join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${isUserSchema}
  union all
  select 'user mapping', format('%s on %s', coalesce(r.rolname, 'public'), s.srvname)
  from pg_user_mappings u join pg_foreign_server s on s.oid = u.srvid
  left join pg_roles r on r.oid = u.umuser
  union all
  select 'subscription', s.subname from pg_subscription s
  where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
  union all
  select 'security label', format('%s on %s', l.provider, l.objoid) from pg_seclabel l
  where l.objoid >= ${firstUserOid}`

/** What the query lists, and what shows in the rows of indexes. */
export function readUnmodelled(
  rows: readonly UnmodelledObject[],
  indexes: readonly IndexRow[],
): UnmodelledObject[] {
  const all = [...rows, ...indexes.flatMap(unmodelledIndex)]
  return all.sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1))
}

function unmodelledIndex(row: IndexRow): UnmodelledObject[] {
  const name = `${row.schema}.${row.name}`
  return row.constraint === null && isBroken(row) ? [{ kind: 'invalid index', name }] : []
}
