import { functionName } from '../catalog-query.ts'
import { clauses, foreignOptions, type RareKind } from './rare-kind.ts'

export const foreignDataWrappers: RareKind = {
  catalog: 'pg_foreign_data_wrapper',
  type: 'FOREIGN DATA WRAPPER',
  row: 'w',
  identity: 'quote_ident(w.fdwname)',
  statements: `array[concat_ws(' ', format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname),
    'HANDLER ' || ${functionName('w.fdwhandler')}, 'VALIDATOR ' || ${functionName('w.fdwvalidator')})
    || ${foreignOptions('w.fdwoptions')}]`,
  from: 'pg_foreign_data_wrapper w',
}

export const foreignServers: RareKind = {
  catalog: 'pg_foreign_server',
  type: 'SERVER',
  row: 's',
  identity: 'quote_ident(s.srvname)',
  statements: `array[concat_ws(' ', format('CREATE SERVER %I', s.srvname),
    'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
    format('FOREIGN DATA WRAPPER %I', w.fdwname)) || ${foreignOptions('s.srvoptions')}]`,
  from: 'pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw',
}

/** A column of a foreign table; what comes from a parent is not written again. */
const column = `format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
  || ${foreignOptions('a.attfdwoptions')}
  || coalesce((select format(' COLLATE %I.%I', ln.nspname, l.collname)
    from pg_collation l join pg_namespace ln on ln.oid = l.collnamespace
    where l.oid = a.attcollation and l.oid <> ty.typcollation), '')
  || case when a.attgenerated <> ''
      then format(' GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
    when d.oid is not null then ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) else '' end
  || case when a.attnotnull then ' NOT NULL' else '' end`

const columns = `(select string_agg(${column}, ',
  ' order by a.attnum)
  from pg_attribute a join pg_type ty on ty.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    and (a.attislocal or c.relispartition))`

const checks = `(select string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ',
  ' order by k.conname)
  from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
    and (k.conislocal or c.relispartition))`

const parents = `(select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
  from pg_inherits i where i.inhrelid = c.oid)`

export const foreignTables: RareKind = {
  catalog: 'pg_class',
  type: 'FOREIGN TABLE',
  row: 'c',
  identity: `format('%I.%I', n.nspname, c.relname)`,
  statements: `array[
    format('CREATE FOREIGN TABLE %I.%I %s%s SERVER %I%s', n.nspname, c.relname,
      ${clauses(columns, checks)},
      case when not c.relispartition then ' INHERITS (' || ${parents} || ')' end, s.srvname,
      ${foreignOptions('t.ftoptions')}),
    case when c.relispartition then format('ALTER TABLE ONLY %s ATTACH PARTITION %I.%I %s',
      ${parents}, n.nspname, c.relname, pg_get_expr(c.relpartbound, c.oid)) end]
    || (select array_agg(format('COMMENT ON COLUMN %I.%I.%I IS %L', n.nspname, c.relname, a.attname,
        x.description) order by a.attnum)
      from pg_description x join pg_attribute a on a.attrelid = c.oid and a.attnum = x.objsubid
      where x.classoid = 'pg_class'::regclass and x.objoid = c.oid and x.objsubid > 0)`,
  from: `pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_foreign_table t on t.ftrelid = c.oid join pg_foreign_server s on s.oid = t.ftserver`,
}
