import { functionName } from '../catalog-query.ts'
import { clauses, type RareKind } from './rare-kind.ts'

/** `CREATE TEXT SEARCH … schema.name (…)` */
const create = (word: string, name: string, ...entries: readonly string[]) =>
  `array[format('CREATE TEXT SEARCH ${word} %I.%I ', n.nspname, ${name}) || ${clauses(...entries)}]`

const identity = (name: string) => `format('%I.%I', n.nspname, ${name})`

export const textSearchParsers: RareKind = {
  catalog: 'pg_ts_parser',
  type: 'TEXT SEARCH PARSER',
  row: 'p',
  identity: identity('p.prsname'),
  statements: create(
    'PARSER',
    'p.prsname',
    `'START = ' || ${functionName('p.prsstart')}`,
    `'GETTOKEN = ' || ${functionName('p.prstoken')}`,
    `'END = ' || ${functionName('p.prsend')}`,
    `'HEADLINE = ' || ${functionName('p.prsheadline')}`,
    `'LEXTYPES = ' || ${functionName('p.prslextype')}`,
  ),
  from: 'pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace',
}

export const textSearchTemplates: RareKind = {
  catalog: 'pg_ts_template',
  type: 'TEXT SEARCH TEMPLATE',
  row: 't',
  identity: identity('t.tmplname'),
  statements: create(
    'TEMPLATE',
    't.tmplname',
    `'INIT = ' || ${functionName('t.tmplinit')}`,
    `'LEXIZE = ' || ${functionName('t.tmpllexize')}`,
  ),
  from: 'pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace',
}

export const textSearchDictionaries: RareKind = {
  catalog: 'pg_ts_dict',
  type: 'TEXT SEARCH DICTIONARY',
  row: 'd',
  identity: identity('d.dictname'),
  statements: create(
    'DICTIONARY',
    'd.dictname',
    `format('TEMPLATE = %I.%I', tn.nspname, t.tmplname)`,
    // Kept as the list it was written as: stopwords = 'english'.
    'd.dictinitoption',
  ),
  from: `pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
    join pg_ts_template t on t.oid = d.dicttemplate
    join pg_namespace tn on tn.oid = t.tmplnamespace`,
}

export const textSearchConfigurations: RareKind = {
  catalog: 'pg_ts_config',
  type: 'TEXT SEARCH CONFIGURATION',
  row: 'c',
  identity: identity('c.cfgname'),
  statements: `${create(
    'CONFIGURATION',
    'c.cfgname',
    `format('PARSER = %I.%I', pn.nspname, p.prsname)`,
  )} || (select array_agg(m.mapping order by m.token)
    from (
      select k.maptokentype as token,
        format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s', n.nspname,
          c.cfgname, (select t.alias from ts_token_type(c.cfgparser) t where t.tokid = k.maptokentype),
          string_agg(k.mapdict::regdictionary::text, ', ' order by k.mapseqno)) as mapping
      from pg_ts_config_map k where k.mapcfg = c.oid group by k.maptokentype) m)`,
  from: `pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
    join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace`,
}
