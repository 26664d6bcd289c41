import { functionName } from '../catalog-query.ts'
import type { RareKind } from './rare-kind.ts'

const castIdentity = `format('(%s AS %s)', format_type(k.castsource, null),
  format_type(k.casttarget, null))`

/** Casts between types. */
export const casts: RareKind = {
  catalog: 'pg_cast',
  type: 'CAST',
  row: 'k',
  identity: castIdentity,
  statements: `array[concat_ws(' ', 'CREATE CAST', ${castIdentity},
    case k.castmethod when 'f' then 'WITH FUNCTION ' || k.castfunc::regprocedure
      when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end,
    case k.castcontext when 'a' then 'AS ASSIGNMENT' when 'i' then 'AS IMPLICIT' end)]`,
  from: 'pg_cast k',
}

/** Conversions between encodings. */
export const conversions: RareKind = {
  catalog: 'pg_conversion',
  type: 'CONVERSION',
  row: 'c',
  identity: `format('%I.%I', n.nspname, c.conname)`,
  statements: `array[format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s',
    case when c.condefault then 'DEFAULT ' end, n.nspname, c.conname,
    pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding),
    c.conproc::regproc)]`,
  from: 'pg_conversion c join pg_namespace n on n.oid = c.connamespace',
}

const withFunction = (words: string, oid: string) =>
  `case when ${oid} <> 0 then '${words} SQL WITH FUNCTION ' || ${oid}::regprocedure end`

const transformIdentity = `format('FOR %s LANGUAGE %I', format_type(t.trftype, null), l.lanname)`

/** How a procedural language sees a type. */
export const transforms: RareKind = {
  catalog: 'pg_transform',
  type: 'TRANSFORM',
  row: 't',
  identity: transformIdentity,
  statements: `array[format('CREATE TRANSFORM %s (%s)', ${transformIdentity},
    concat_ws(', ', ${withFunction('FROM', 't.trffromsql')}, ${withFunction('TO', 't.trftosql')}))]`,
  from: 'pg_transform t join pg_language l on l.oid = t.trflang',
}

/** Procedural languages that no extension brought. */
export const languages: RareKind = {
  catalog: 'pg_language',
  type: 'LANGUAGE',
  row: 'l',
  identity: 'quote_ident(l.lanname)',
  statements: `array[concat_ws(' ', 'CREATE', case when l.lanpltrusted then 'TRUSTED' end,
    format('LANGUAGE %I HANDLER %s', l.lanname, l.lanplcallfoid::regproc),
    'INLINE ' || ${functionName('l.laninline')}, 'VALIDATOR ' || ${functionName('l.lanvalidator')})]`,
  from: 'pg_language l',
  where: 'l.lanispl',
}

export const accessMethods: RareKind = {
  catalog: 'pg_am',
  type: 'ACCESS METHOD',
  row: 'm',
  identity: 'quote_ident(m.amname)',
  statements: `array[format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname,
    case m.amtype when 'i' then 'INDEX' else 'TABLE' end, m.amhandler::regproc)]`,
  from: 'pg_am m',
}
