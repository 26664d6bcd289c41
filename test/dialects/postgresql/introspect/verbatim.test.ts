import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

/**
 * Each rare kind: how it is made, after what, and how DROP names it. What is read must make it again,
 * word for word the same.
 */
const cases: readonly {
  readonly type: string
  readonly identity: string
  readonly given?: string
  readonly sql: string
  readonly statements: readonly string[]
}[] = [
  {
    type: 'OPERATOR',
    identity: 'public.=== (integer, integer)',
    sql: `CREATE OPERATOR === (FUNCTION = int4eq, LEFTARG = integer, RIGHTARG = integer,
      COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES)`,
    statements: [
      `CREATE OPERATOR public.=== (
  FUNCTION = int4eq,
  LEFTARG = integer,
  RIGHTARG = integer,
  COMMUTATOR = OPERATOR(public.===),
  NEGATOR = OPERATOR(public.!==),
  MERGES,
  HASHES,
  RESTRICT = eqsel,
  JOIN = eqjoinsel
)`,
    ],
  },
  {
    type: 'OPERATOR',
    identity: 'public.@#@ (NONE, bigint)',
    sql: 'CREATE OPERATOR @#@ (FUNCTION = int8abs, RIGHTARG = bigint)',
    statements: ['CREATE OPERATOR public.@#@ (\n  FUNCTION = int8abs,\n  RIGHTARG = bigint\n)'],
  },
  {
    type: 'OPERATOR FAMILY',
    identity: 'public.fam USING btree',
    sql: `CREATE OPERATOR FAMILY fam USING btree;
      ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (integer, smallint),
        FUNCTION 1 btint42cmp(integer, smallint)`,
    statements: [
      'CREATE OPERATOR FAMILY public.fam USING btree',
      `ALTER OPERATOR FAMILY public.fam USING btree ADD
  OPERATOR 1 <(integer,smallint),
  FUNCTION 1 (integer, smallint) btint42cmp(integer,smallint)`,
    ],
  },
  {
    type: 'OPERATOR CLASS',
    identity: 'public.cls USING btree',
    given: 'CREATE OPERATOR FAMILY fam USING btree',
    sql: `CREATE OPERATOR CLASS cls FOR TYPE integer USING btree FAMILY fam AS
      FUNCTION 1 btint4cmp(integer, integer), OPERATOR 5 >, OPERATOR 1 <`,
    statements: [
      `CREATE OPERATOR CLASS public.cls FOR TYPE integer USING btree FAMILY public.fam AS
  OPERATOR 1 <(integer,integer),
  OPERATOR 5 >(integer,integer),
  FUNCTION 1 (integer, integer) btint4cmp(integer,integer)`,
    ],
  },
  {
    type: 'OPERATOR CLASS',
    identity: 'public.cls USING gin',
    given: 'CREATE OPERATOR FAMILY fam USING gin; CREATE TYPE status AS ENUM ()',
    sql: 'CREATE OPERATOR CLASS cls DEFAULT FOR TYPE status USING gin FAMILY fam AS STORAGE integer',
    statements: [
      `CREATE OPERATOR CLASS public.cls DEFAULT FOR TYPE public.status USING gin FAMILY public.fam AS
  STORAGE integer`,
    ],
  },
  {
    type: 'CAST',
    identity: '(integer AS public.status)',
    given: `CREATE TYPE status AS ENUM ('a');
      CREATE FUNCTION f(integer) RETURNS status LANGUAGE sql AS $$SELECT 'a'::status$$`,
    sql: 'CREATE CAST (integer AS status) WITH FUNCTION f(integer) AS ASSIGNMENT',
    statements: [
      'CREATE CAST (integer AS public.status) WITH FUNCTION public.f(integer) AS ASSIGNMENT',
    ],
  },
  {
    type: 'CAST',
    identity: '(public.pair AS text)',
    given: 'CREATE TYPE pair AS (a integer)',
    sql: 'CREATE CAST (pair AS text) WITH INOUT AS IMPLICIT',
    statements: ['CREATE CAST (public.pair AS text) WITH INOUT AS IMPLICIT'],
  },
  {
    type: 'CONVERSION',
    identity: 'public.conv',
    sql: `CREATE DEFAULT CONVERSION conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
    statements: [
      `CREATE DEFAULT CONVERSION public.conv FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
    ],
  },
  {
    type: 'TRANSFORM',
    identity: 'FOR integer LANGUAGE sql',
    sql: 'CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))',
    statements: [
      'CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))',
    ],
  },
  {
    type: 'LANGUAGE',
    identity: 'plown',
    sql: `CREATE TRUSTED LANGUAGE plown HANDLER plpgsql_call_handler
      INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator`,
    statements: [
      'CREATE TRUSTED LANGUAGE plown HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator',
    ],
  },
  {
    type: 'ACCESS METHOD',
    identity: 'heap2',
    sql: 'CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler',
    statements: ['CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler'],
  },
  {
    type: 'TEXT SEARCH PARSER',
    identity: 'public.prs',
    sql: `CREATE TEXT SEARCH PARSER prs (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
      LEXTYPES = prsd_lextype)`,
    statements: [
      `CREATE TEXT SEARCH PARSER public.prs (
  START = prsd_start,
  GETTOKEN = prsd_nexttoken,
  END = prsd_end,
  LEXTYPES = prsd_lextype
)`,
    ],
  },
  {
    type: 'TEXT SEARCH TEMPLATE',
    identity: 'public.tpl',
    sql: 'CREATE TEXT SEARCH TEMPLATE tpl (INIT = dsimple_init, LEXIZE = dsimple_lexize)',
    statements: [
      `CREATE TEXT SEARCH TEMPLATE public.tpl (
  INIT = dsimple_init,
  LEXIZE = dsimple_lexize
)`,
    ],
  },
  {
    type: 'TEXT SEARCH DICTIONARY',
    identity: 'public.dict',
    sql: 'CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple, STOPWORDS = english)',
    statements: [
      `CREATE TEXT SEARCH DICTIONARY public.dict (
  TEMPLATE = pg_catalog.simple,
  stopwords = 'english'
)`,
    ],
  },
  {
    type: 'TEXT SEARCH CONFIGURATION',
    identity: 'public.cfg',
    given: 'CREATE TEXT SEARCH DICTIONARY dict (TEMPLATE = simple)',
    sql: `CREATE TEXT SEARCH CONFIGURATION cfg (PARSER = "default");
      ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR asciiword WITH dict, simple;
      ALTER TEXT SEARCH CONFIGURATION cfg ADD MAPPING FOR word WITH simple`,
    statements: [
      'CREATE TEXT SEARCH CONFIGURATION public.cfg (\n  PARSER = pg_catalog."default"\n)',
      'ALTER TEXT SEARCH CONFIGURATION public.cfg ADD MAPPING FOR asciiword WITH public.dict, simple',
      'ALTER TEXT SEARCH CONFIGURATION public.cfg ADD MAPPING FOR word WITH simple',
    ],
  },
  {
    type: 'FOREIGN DATA WRAPPER',
    identity: 'fdw',
    sql: `CREATE FOREIGN DATA WRAPPER fdw OPTIONS (debug 'true')`,
    statements: [`CREATE FOREIGN DATA WRAPPER fdw OPTIONS (debug 'true')`],
  },
  {
    type: 'SERVER',
    identity: '"Srv"',
    given: 'CREATE FOREIGN DATA WRAPPER fdw',
    sql: `CREATE SERVER "Srv" TYPE 't' VERSION '1' FOREIGN DATA WRAPPER fdw OPTIONS (host 'h', "Odd" 'o''x')`,
    statements: [
      `CREATE SERVER "Srv" TYPE 't' VERSION '1' FOREIGN DATA WRAPPER fdw OPTIONS (host 'h', "Odd" 'o''x')`,
    ],
  },
  {
    type: 'FOREIGN TABLE',
    identity: 'public.ft',
    given:
      'CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw; CREATE TABLE base (b integer)',
    sql: `CREATE FOREIGN TABLE ft (id integer OPTIONS (k 'v') NOT NULL, n text COLLATE "C" DEFAULT 'x',
        CHECK (id > 0)) INHERITS (base) SERVER srv OPTIONS (schema_name 's');
      COMMENT ON COLUMN ft.n IS 'c'`,
    statements: [
      `CREATE FOREIGN TABLE public.ft (
  id integer OPTIONS (k 'v') NOT NULL,
  n text COLLATE pg_catalog."C" DEFAULT 'x'::text,
  CONSTRAINT ft_id_check CHECK ((id > 0))
) INHERITS (public.base) SERVER srv OPTIONS (schema_name 's')`,
      `COMMENT ON COLUMN public.ft.n IS 'c'`,
    ],
  },
  {
    type: 'FOREIGN TABLE',
    identity: 'public.ft',
    given: `CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw;
      CREATE TABLE m (a integer) PARTITION BY LIST (a)`,
    sql: 'CREATE FOREIGN TABLE ft PARTITION OF m FOR VALUES IN (1) SERVER srv',
    statements: [
      'CREATE FOREIGN TABLE public.ft (\n  a integer\n) SERVER srv',
      'ALTER TABLE ONLY public.m ATTACH PARTITION public.ft FOR VALUES IN (1)',
    ],
  },
  {
    type: 'TYPE',
    identity: 'public.shell',
    sql: 'CREATE TYPE shell',
    statements: ['CREATE TYPE public.shell'],
  },
]

eachServer('an object of a rare kind', server => {
  const database = introspectDatabase(server)

  test.each(cases.map(each => [`${each.type} ${each.identity}`, each] as const))(
    'is kept as the statements that make it: %s',
    async (name, { type, identity, given = '', sql, statements }) => {
      await database.run(`${given}; SAVEPOINT given; ${sql}`)
      const read = async () => (await database.read()).objects.get(`verbatim:${name}`)
      expect(await read()).toStrictEqual({ kind: 'verbatim', type, identity, statements })

      await database.run('ROLLBACK TO given')
      for (const statement of statements) await database.run(statement)
      await database.run(`COMMENT ON ${name} IS 'c'`)
      expect(await read()).toStrictEqual({
        kind: 'verbatim',
        type,
        identity,
        statements,
        comment: 'c',
      })
      await database.run(`DROP ${name} CASCADE`)
    },
  )

  test('that an extension brought is the extension’s', async () => {
    await database.run(
      'CREATE EXTENSION hstore; CREATE EXTENSION unaccent; CREATE EXTENSION file_fdw',
    )
    const { objects } = await database.read()
    expect([...objects.values()].filter(({ kind }) => kind === 'verbatim')).toEqual([])
  })
})

eachServer('what has no model', server => {
  const database = introspectDatabase(server)

  test('is listed by kind and name, and keeps its secrets', async () => {
    await database.run(
      `CREATE FOREIGN DATA WRAPPER fdw; CREATE SERVER srv FOREIGN DATA WRAPPER fdw;
       CREATE USER MAPPING FOR PUBLIC SERVER srv OPTIONS (password 'hunter2');
       CREATE TABLE t (id integer PRIMARY KEY, n integer); ALTER TABLE t ALTER n SET (n_distinct = 5)`,
    )
    const schema = await database.read()
    expect(schema.unmodelled).toEqual([
      { kind: 'column options', name: 'public.t.n' },
      { kind: 'user mapping', name: 'public on srv' },
    ])
    expect(JSON.stringify([...schema.objects.values()])).not.toContain('hunter2')
  })

  test.skipIf(server.major < 18)('may be what a NOT NULL is called or said of', async () => {
    await database.run(
      `CREATE DOMAIN d AS integer CONSTRAINT chosen NOT NULL;
       CREATE DOMAIN e AS integer NOT NULL;
       CREATE TABLE t (id integer NOT NULL); COMMENT ON CONSTRAINT t_id_not_null ON t IS 'c'`,
    )
    expect((await database.read()).unmodelled).toEqual([
      { kind: 'comment on a NOT NULL constraint', name: 'public.t_id_not_null' },
      { kind: "name of a domain's NOT NULL", name: 'public.d' },
    ])
  })
})
