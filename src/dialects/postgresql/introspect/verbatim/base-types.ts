import { commentOf, firstUserOid, functionName } from '../catalog-query.ts'
import { clauses, type RareKind } from './rare-kind.ts'

const word = (value: string, ...pairs: readonly (readonly [string, string])[]) =>
  `case ${value} ${pairs.map(([from, to]) => `when '${from}' then '${to}'`).join(' ')} end`

/** Before PostgreSQL 14 there is no such column; `-` stands for no function. */
const subscript = `nullif(to_jsonb(t)->>'typsubscript', '-')`

const definition = `format('CREATE TYPE %I.%I ', n.nspname, t.typname) || ${clauses(
  `'INPUT = ' || t.typinput`,
  `'OUTPUT = ' || t.typoutput`,
  `'RECEIVE = ' || ${functionName('t.typreceive')}`,
  `'SEND = ' || ${functionName('t.typsend')}`,
  `'TYPMOD_IN = ' || ${functionName('t.typmodin')}`,
  `'TYPMOD_OUT = ' || ${functionName('t.typmodout')}`,
  `'ANALYZE = ' || ${functionName('t.typanalyze')}`,
  `'SUBSCRIPT = ' || ${subscript}`,
  `'INTERNALLENGTH = ' || case when t.typlen < 0 then 'variable' else t.typlen::text end`,
  `case when t.typbyval then 'PASSEDBYVALUE' end`,
  `'ALIGNMENT = ' || ${word('t.typalign', ['c', 'char'], ['s', 'int2'], ['i', 'int4'], ['d', 'double'])}`,
  `'STORAGE = ' || ${word('t.typstorage', ['p', 'plain'], ['e', 'external'], ['x', 'extended'], ['m', 'main'])}`,
  `case when t.typcategory <> 'U' then 'CATEGORY = ' || quote_literal(t.typcategory::text) end`,
  `case when t.typispreferred then 'PREFERRED = true' end`,
  `'DEFAULT = ' || quote_literal(t.typdefault)`,
  `'ELEMENT = ' || format_type(nullif(t.typelem, 0), null)`,
  `case when t.typdelim <> ',' then 'DELIMITER = ' || quote_literal(t.typdelim::text) end`,
  `case when t.typcollation <> 0 then 'COLLATABLE = true' end`,
)}`

/** Whether a type `t` is one of its own, and no array of another. */
const isBase = `t.typtype = 'b' and t.typisdefined
  and not exists (select from pg_type e where e.typarray = t.oid)`

/**
 * The functions `f` that belong to a base type `t`: the type is made with them, and they take or give the
 * type, so that neither can be there without the other.
 */
const halves = `pg_proc f where f.oid = any (array[t.typinput, t.typoutput, t.typreceive, t.typsend,
    t.typmodin, t.typmodout, t.typanalyze, to_regproc(${subscript})]::oid[])
  and t.oid in (select unnest(f.proargtypes) union select f.prorettype)`

/** Whether a function `p` is created and dropped with a base type. */
export const isOfBaseType = `p.oid = any (array(
  select f.oid from pg_type t, lateral (select f.oid from ${halves}) f
  where t.oid >= ${firstUserOid} and ${isBase}))`

const functions = (value: string) =>
  `(select array_agg(${value} order by f.proname, f.oid) from ${halves})`

const functionComment = `'COMMENT ON FUNCTION ' || f.oid::regprocedure || ' IS '
  || quote_literal(${commentOf('pg_proc', 'f.oid')})`

/** Types that functions define: announced, then their functions, then the type itself. */
export const baseTypes: RareKind = {
  catalog: 'pg_type',
  type: 'TYPE',
  row: 't',
  identity: `format('%I.%I', n.nspname, t.typname)`,
  statements: `array[format('CREATE TYPE %I.%I', n.nspname, t.typname)]
    || ${functions(`rtrim(pg_get_functiondef(f.oid), E'\\n')`)}
    || array[${definition}]
    || ${functions(functionComment)}`,
  from: 'pg_type t join pg_namespace n on n.oid = t.typnamespace',
  where: isBase,
  functions: functions('f.oid'),
}
