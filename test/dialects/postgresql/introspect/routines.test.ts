import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { introspectDatabase } from './database.ts'

eachServer('a routine', server => {
  const database = introspectDatabase(server)

  test('is its arguments, result and body, and no default', async () => {
    const [routine] = await database.objects(
      `CREATE FUNCTION f(a integer, b varchar = 'x') RETURNS varchar LANGUAGE sql AS $$SELECT 'y'$$`,
      'routine:public.f(integer, varchar)',
    )
    expect(routine).toStrictEqual({
      kind: 'routine',
      type: 'function',
      schema: 'public',
      name: 'f',
      signature: 'integer, varchar',
      arguments: "a integer, b character varying DEFAULT 'x'::character varying",
      returns: 'varchar',
      language: 'sql',
      body: "SELECT 'y'",
    })
  })

  test('tells what the planner is told', async () => {
    const [routine] = await database.objects(
      `CREATE FUNCTION f() RETURNS SETOF varchar LANGUAGE plpgsql IMMUTABLE STRICT LEAKPROOF
         SECURITY DEFINER PARALLEL SAFE COST 5 ROWS 10 AS 'BEGIN END';
       COMMENT ON FUNCTION f() IS 'c'`,
      'routine:public.f()',
    )
    expect(routine).toStrictEqual({
      kind: 'routine',
      type: 'function',
      schema: 'public',
      name: 'f',
      signature: '',
      arguments: '',
      returns: 'SETOF varchar',
      language: 'plpgsql',
      body: 'BEGIN END',
      volatility: 'immutable',
      strict: true,
      securityDefiner: true,
      leakproof: true,
      parallel: 'safe',
      cost: 5,
      rows: 10,
      comment: 'c',
    })
  })

  test('tells its settings as SQL that sets them again', async () => {
    const settings = `SET search_path TO app, "$user", "Odd ""one" SET work_mem TO '4MB'`
    const [f, g] = await database.objects(
      `CREATE FUNCTION f() RETURNS integer LANGUAGE sql ${settings} AS 'SELECT 1';
       CREATE FUNCTION g() RETURNS integer LANGUAGE sql SET search_path = '' AS 'SELECT 1'`,
      'routine:public.f()',
      'routine:public.g()',
    )
    expect(f).toMatchObject({
      settings: { search_path: `app, '$user', 'Odd "one'`, work_mem: "'4MB'" },
    })
    expect(g).toMatchObject({ settings: { search_path: "''" } })
    const again = Object.entries((f as { settings: Record<string, string> }).settings).map(
      ([name, value]) => `SET ${name} TO ${value}`,
    )
    await database.run(
      `CREATE FUNCTION h() RETURNS integer LANGUAGE sql ${again.join(' ')} AS 'SELECT 1'`,
    )
    const kept = await database.values(
      `SELECT proconfig::text FROM pg_proc WHERE proname IN ('f', 'h') ORDER BY proname`,
    )
    expect(kept[1]).toBe(kept[0])
  })

  test('may be a procedure', async () => {
    const [routine] = await database.objects(
      `CREATE PROCEDURE p(INOUT a integer, VARIADIC b text[]) LANGUAGE plpgsql AS 'BEGIN END'`,
      'routine:public.p(integer, text[])',
    )
    expect(routine).toStrictEqual({
      kind: 'routine',
      type: 'procedure',
      schema: 'public',
      name: 'p',
      signature: 'integer, text[]',
      arguments: 'INOUT a integer, VARIADIC b text[]',
      language: 'plpgsql',
      body: 'BEGIN END',
    })
  })

  test('may return rows of a table or of its own', async () => {
    const found = await database.objects(
      `CREATE TABLE t (id integer);
       CREATE FUNCTION f() RETURNS SETOF t LANGUAGE sql AS 'TABLE t';
       CREATE FUNCTION g(OUT a integer, OUT b text) LANGUAGE sql AS $$SELECT 1, 'x'$$;
       CREATE FUNCTION h() RETURNS TABLE (a integer, b varchar) LANGUAGE sql AS $$SELECT 1, 'x'$$`,
      ...['f', 'g', 'h'].map(name => `routine:public.${name}()`),
    )
    expect(found).toMatchObject([
      { returns: 'SETOF public.t' },
      { arguments: 'OUT a integer, OUT b text', returns: 'record' },
      { returns: 'TABLE(a integer, b character varying)' },
    ])
    expect(found[0]).not.toHaveProperty('rows')
  })

  test('may be the server’s or a library’s', async () => {
    const found = await database.objects(
      `CREATE FUNCTION w() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
       CREATE FUNCTION c() RETURNS trigger LANGUAGE c AS '$libdir/refint', 'check_primary_key'`,
      'routine:public.w()',
      'routine:public.c()',
    )
    expect(found).toMatchObject([
      { language: 'internal', window: true, body: 'window_row_number' },
      { language: 'c', library: { file: '$libdir/refint', symbol: 'check_primary_key' } },
    ])
    expect(found).toEqual(found.map(() => expect.not.objectContaining({ cost: expect.anything() })))
  })

  test.skipIf(server.major < 14)('may be of standard SQL', async () => {
    const [routine] = await database.objects(
      'CREATE FUNCTION f(a integer) RETURNS integer RETURN a + 1',
      'routine:public.f(integer)',
    )
    expect(routine).toMatchObject({ language: 'sql', sqlBody: 'RETURN (a + 1)' })
    expect(routine).not.toHaveProperty('body')
  })
})

eachServer('an aggregate', server => {
  const database = introspectDatabase(server)

  test('tells what it is made of', async () => {
    const found = await database.objects(
      `CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0',
         COMBINEFUNC = int4pl, PARALLEL = SAFE);
       CREATE AGGREGATE greatest_of(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
       CREATE AGGREGATE rows(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = 0);
       COMMENT ON AGGREGATE rows(*) IS 'c'`,
      'aggregate:public.total(integer)',
      'aggregate:public.greatest_of(integer)',
      'aggregate:public.rows(*)',
    )
    const common = { kind: 'aggregate', schema: 'public' }
    expect(found).toStrictEqual([
      {
        ...common,
        name: 'total',
        signature: 'integer',
        arguments: 'integer',
        options: {
          SFUNC: 'int4pl',
          STYPE: 'integer',
          COMBINEFUNC: 'int4pl',
          INITCOND: "'0'",
          PARALLEL: 'SAFE',
        },
      },
      {
        ...common,
        name: 'greatest_of',
        signature: 'integer',
        arguments: 'integer',
        options: { SFUNC: 'int4larger', STYPE: 'integer', SORTOP: 'OPERATOR(pg_catalog.>)' },
      },
      {
        ...common,
        name: 'rows',
        signature: '*',
        arguments: '*',
        options: { SFUNC: 'int8inc', STYPE: 'bigint', INITCOND: "'0'" },
        comment: 'c',
      },
    ])
  })

  test('may move, and change what it has gathered', async () => {
    const [found] = await database.objects(
      `CREATE AGGREGATE mean(double precision) (SFUNC = float8_accum, STYPE = float8[], SSPACE = 32,
         FINALFUNC = float8_avg, FINALFUNC_MODIFY = READ_WRITE, INITCOND = '{0,0,0}',
         MSFUNC = float8_accum, MINVFUNC = float8_accum, MSTYPE = float8[], MSSPACE = 16,
         MINITCOND = '{0,0,0}', MFINALFUNC = float8_avg)`,
      'aggregate:public.mean(double precision)',
    )
    expect(found).toMatchObject({
      options: {
        SFUNC: 'float8_accum',
        STYPE: 'double precision[]',
        SSPACE: '32',
        FINALFUNC: 'float8_avg',
        FINALFUNC_MODIFY: 'READ_WRITE',
        INITCOND: "'{0,0,0}'",
        MSFUNC: 'float8_accum',
        MINVFUNC: 'float8_accum',
        MSTYPE: 'double precision[]',
        MSSPACE: '16',
        MFINALFUNC: 'float8_avg',
        MINITCOND: "'{0,0,0}'",
      },
    })
  })

  test('may be over an ordered set', async () => {
    const found = await database.objects(
      `CREATE AGGREGATE disc(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition,
         STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
       CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (HYPOTHETICAL,
         SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final,
         FINALFUNC_EXTRA)`,
      'aggregate:public.disc(double precision, anyelement)',
      'aggregate:public.place("any")',
    )
    expect(found).toMatchObject([
      {
        arguments: 'double precision ORDER BY anyelement',
        options: { FINALFUNC: 'percentile_disc_final', FINALFUNC_EXTRA: '' },
      },
      {
        arguments: 'VARIADIC "any" ORDER BY VARIADIC "any"',
        options: { FINALFUNC: 'rank_final', FINALFUNC_EXTRA: '', HYPOTHETICAL: '' },
      },
    ])
    expect(found[0]).not.toHaveProperty('options.FINALFUNC_MODIFY')
  })
})
