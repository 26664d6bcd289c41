import { functionName, operatorName } from '../catalog-query.ts'
import { clauses, type RareKind } from './rare-kind.ts'

const argument = (type: string) => `coalesce(format_type(nullif(${type}, 0), null), 'NONE')`

/** What is not there yet (a commutator) is made as a shell by the server, and filled later. */
export const operators: RareKind = {
  catalog: 'pg_operator',
  type: 'OPERATOR',
  row: 'o',
  identity: `format('%I.%s (%s, %s)', n.nspname, o.oprname, ${argument('o.oprleft')},
    ${argument('o.oprright')})`,
  statements: `array[format('CREATE OPERATOR %I.%s ', n.nspname, o.oprname) || ${clauses(
    `'FUNCTION = ' || o.oprcode::regproc`,
    `'LEFTARG = ' || format_type(nullif(o.oprleft, 0), null)`,
    `'RIGHTARG = ' || format_type(nullif(o.oprright, 0), null)`,
    `'COMMUTATOR = ' || ${operatorName('o.oprcom')}`,
    `'NEGATOR = ' || ${operatorName('o.oprnegate')}`,
    `case when o.oprcanmerge then 'MERGES' end`,
    `case when o.oprcanhash then 'HASHES' end`,
    `'RESTRICT = ' || ${functionName('o.oprrest')}`,
    `'JOIN = ' || ${functionName('o.oprjoin')}`,
  )}]`,
  from: 'pg_operator o join pg_namespace n on n.oid = o.oprnamespace',
  where: 'o.oprcode <> 0',
}

/** The operators and functions that pg_depend ties to a class, or loosely to its family. */
const members = (catalog: 'pg_opclass' | 'pg_opfamily', oid: string) => `
  (select string_agg(m.entry, ',
  ' order by m.kind desc, m.number, m.entry) from (
    select 'operator' as kind, a.amopstrategy as number, format('OPERATOR %s %s%s', a.amopstrategy,
      a.amopopr::regoperator,
      coalesce((select format(' FOR ORDER BY %I.%I', sn.nspname, sf.opfname)
        from pg_opfamily sf join pg_namespace sn on sn.oid = sf.opfnamespace
        where sf.oid = a.amopsortfamily), '')) as entry
    from pg_depend d join pg_amop a on d.classid = 'pg_amop'::regclass and d.objid = a.oid
    where d.refclassid = '${catalog}'::regclass and d.refobjid = ${oid}
    union all
    select 'function', p.amprocnum, format('FUNCTION %s (%s, %s) %s', p.amprocnum,
      format_type(p.amproclefttype, null), format_type(p.amprocrighttype, null),
      p.amproc::regprocedure)
    from pg_depend d join pg_amproc p on d.classid = 'pg_amproc'::regclass and d.objid = p.oid
    where d.refclassid = '${catalog}'::regclass and d.refobjid = ${oid}) m)`

export const operatorFamilies: RareKind = {
  catalog: 'pg_opfamily',
  type: 'OPERATOR FAMILY',
  row: 'f',
  identity: `format('%I.%I USING %I', n.nspname, f.opfname, am.amname)`,
  statements: `array[
    format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, am.amname),
    format('ALTER OPERATOR FAMILY %I.%I USING %I ADD
  ', n.nspname, f.opfname, am.amname) || ${members('pg_opfamily', 'f.oid')}]`,
  from: `pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace
    join pg_am am on am.oid = f.opfmethod`,
}

export const operatorClasses: RareKind = {
  catalog: 'pg_opclass',
  type: 'OPERATOR CLASS',
  row: 'o',
  identity: `format('%I.%I USING %I', n.nspname, o.opcname, am.amname)`,
  statements: `array[format('CREATE OPERATOR CLASS %I.%I %sFOR TYPE %s USING %I FAMILY %I.%I AS
  %s', n.nspname, o.opcname, case when o.opcdefault then 'DEFAULT ' end,
    format_type(o.opcintype, null), am.amname, fn.nspname, f.opfname,
    concat_ws(',
  ', case when o.opckeytype <> 0 or ${members('pg_opclass', 'o.oid')} is null
      then 'STORAGE ' || format_type(coalesce(nullif(o.opckeytype, 0), o.opcintype), null) end,
    ${members('pg_opclass', 'o.oid')}))]`,
  from: `pg_opclass o join pg_namespace n on n.oid = o.opcnamespace
    join pg_am am on am.oid = o.opcmethod join pg_opfamily f on f.oid = o.opcfamily
    join pg_namespace fn on fn.oid = f.opfnamespace`,
}

/** A type that was announced and never made. */
export const shellTypes: RareKind = {
  catalog: 'pg_type',
  type: 'TYPE',
  row: 't',
  identity: `format('%I.%I', n.nspname, t.typname)`,
  statements: `array[format('CREATE TYPE %I.%I', n.nspname, t.typname)]`,
  from: 'pg_type t join pg_namespace n on n.oid = t.typnamespace',
  where: 'not t.typisdefined',
}
