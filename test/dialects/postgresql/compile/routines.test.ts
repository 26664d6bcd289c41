import { expect, test } from 'vitest'
import type { Routine } from '../../../../src/schema/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled routines', server => {
  const database = compileDatabase(server)
  const definition = (signature: string) =>
    database.value(`SELECT pg_get_functiondef('${signature}'::regprocedure)`)
  const routine = (rest: Partial<Routine>): Routine => ({
    kind: 'routine',
    type: 'function',
    name: 'f',
    signature: 'integer',
    arguments: 'a integer',
    returns: 'integer',
    language: 'sql',
    body: ' SELECT a ',
    ...rest,
  })

  test('say everything that a function can say', async () => {
    await database.apply({
      kind: 'createRoutine',
      object: routine({
        schema: 'public',
        arguments: `a integer, VARIADIC rest text[] DEFAULT '{}'::text[]`,
        signature: 'integer, text[]',
        returns: 'TABLE(x integer, y text)',
        language: 'plpgsql',
        body: 'BEGIN RETURN; END',
        volatility: 'immutable',
        strict: true,
        securityDefiner: true,
        leakproof: true,
        parallel: 'safe',
        cost: 5,
        rows: 10,
        settings: { search_path: `public, "Odd Schema"`, work_mem: `'8MB'` },
        comment: 'all of it',
      }),
    })
    expect(
      await definition('f(integer, text[])'),
    ).toBe(`CREATE OR REPLACE FUNCTION public.f(a integer, VARIADIC rest text[] DEFAULT '{}'::text[])
 RETURNS TABLE(x integer, y text)
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT SECURITY DEFINER LEAKPROOF COST 5 ROWS 10
 SET search_path TO 'public', 'Odd Schema'
 SET work_mem TO '8MB'
AS $function$BEGIN RETURN; END$function$
`)
    expect(await database.value(`SELECT obj_description('f(integer, text[])'::regprocedure)`)).toBe(
      'all of it',
    )
  })

  test('keep a body that holds dollar quotes', async () => {
    for (const body of ['SELECT $$a$$', 'SELECT $$a$$ || $body$b$body$', ' SELECT 1 --$']) {
      await database.apply({
        kind: 'replaceRoutine',
        object: routine({ returns: 'text', language: 'plpgsql', body: `BEGIN END -- ${body}` }),
      })
      expect(await database.value(`SELECT prosrc FROM pg_proc WHERE proname = 'f'`)).toBe(
        `BEGIN END -- ${body}`,
      )
    }
  })

  test('are replaced in place, comment included', async () => {
    const existing = routine({ comment: 'before', volatility: 'stable' })
    await database.apply(
      { kind: 'createRoutine', object: existing },
      { kind: 'replaceRoutine', object: routine({ body: ' SELECT a + 1 ' }), existing },
    )
    expect(await database.value('SELECT f(1)')).toBe(2)
    expect(
      await database.rows(`SELECT provolatile, obj_description(oid) AS comment FROM pg_proc
        WHERE proname = 'f'`),
    ).toEqual([{ provolatile: 'v', comment: null }])
  })

  test('are procedures', async () => {
    await database.apply({
      kind: 'createRoutine',
      object: routine({
        type: 'procedure',
        name: 'p',
        arguments: 'INOUT a integer',
        returns: undefined,
        language: 'plpgsql',
        body: 'BEGIN a := a + 1; END',
        comment: 'calls',
      }),
    })
    expect(await database.rows('CALL p(1)')).toEqual([{ a: 2 }])
    expect(await database.value(`SELECT obj_description('p(integer)'::regprocedure)`)).toBe('calls')
    await database.apply({
      kind: 'dropRoutine',
      object: { schema: 'public', name: 'p', signature: 'integer', type: 'procedure' },
    })
  })

  test('are window functions of the server itself', async () => {
    await database.apply({
      kind: 'createRoutine',
      object: routine({
        name: 'numbering',
        signature: '',
        arguments: '',
        returns: 'bigint',
        language: 'internal',
        body: 'window_row_number',
        window: true,
        volatility: 'immutable',
      }),
    })
    expect(await database.value('SELECT numbering() OVER ()')).toBe('1')
  })

  test.skipIf(server.major < 14)('have bodies in standard SQL', async () => {
    await database.apply({
      kind: 'createRoutine',
      object: routine({ body: undefined, sqlBody: 'RETURN (a + 1)' }),
    })
    expect(await definition('f(integer)')).toContain('RETURN (a + 1)')
    await database.apply({
      kind: 'replaceRoutine',
      object: routine({ body: undefined, sqlBody: 'BEGIN ATOMIC\n SELECT (a + 2);\nEND' }),
    })
    expect(await database.value('SELECT f(1)')).toBe(3)
  })

  test('may name what is not there yet when bodies are left unchecked', async () => {
    const object = routine({ body: 'SELECT a FROM no_such_table' })
    await database.apply({ kind: 'createRoutine', object, uncheckedBody: true })
    expect(await database.value('SHOW check_function_bodies')).toBe('on')
    await database.run('CREATE TABLE no_such_table (a integer)')
  })

  test('are dropped by name where it is the only one', async () => {
    await database.apply(
      { kind: 'createRoutine', object: routine({}) },
      { kind: 'createRoutine', object: routine({}), ifNotExists: true },
      { kind: 'dropRoutine', object: { name: 'f' } },
    )
    expect(await database.value(`SELECT to_regproc('f')`)).toBe(null)
  })

  test('are aggregates', async () => {
    await database.apply(
      {
        kind: 'createAggregate',
        object: {
          kind: 'aggregate',
          schema: 'public',
          name: 'total',
          signature: 'integer',
          arguments: 'integer',
          options: { SFUNC: 'int4pl', STYPE: 'integer', INITCOND: `'0'`, PARALLEL: 'SAFE' },
          comment: 'adds up',
        },
      },
      {
        kind: 'createAggregate',
        object: {
          kind: 'aggregate',
          name: 'rows',
          signature: '*',
          arguments: '*',
          options: { SFUNC: 'int8inc', STYPE: 'bigint', INITCOND: `'0'` },
        },
      },
      {
        kind: 'createAggregate',
        object: {
          kind: 'aggregate',
          name: 'place',
          signature: 'VARIADIC "any" ORDER BY VARIADIC "any"',
          arguments: 'VARIADIC "any" ORDER BY VARIADIC "any"',
          options: {
            SFUNC: 'ordered_set_transition_multi',
            STYPE: 'internal',
            FINALFUNC: 'rank_final',
            FINALFUNC_EXTRA: '',
            HYPOTHETICAL: '',
          },
        },
      },
    )
    expect(
      await database.rows(`SELECT total(a)::int, rows(*)::int, place(2) WITHIN GROUP (ORDER BY a)
        FROM generate_series(1, 3) a`),
    ).toEqual([{ total: 6, rows: 3, place: '2' }])
    expect(await database.value(`SELECT obj_description('total(integer)'::regprocedure)`)).toBe(
      'adds up',
    )
    await database.apply(
      { kind: 'dropAggregate', object: { name: 'total', signature: 'integer' } },
      { kind: 'dropAggregate', object: { name: 'rows', signature: '*' } },
      {
        kind: 'dropAggregate',
        object: { name: 'place', signature: 'VARIADIC "any" ORDER BY VARIADIC "any"' },
      },
    )
  })
})
