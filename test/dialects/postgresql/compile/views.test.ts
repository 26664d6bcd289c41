import { expect, test } from 'vitest'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

eachServer('compiled views', server => {
  const database = compileDatabase(server)
  const setUp = () => database.run('CREATE TABLE t (a integer, b text)')
  const comments = (name: string) =>
    database.rows(`SELECT obj_description('${name}'::regclass) AS whole,
      col_description('${name}'::regclass, 1) AS first, col_description('${name}'::regclass, 2) AS second`)

  test('have their query, options, column names, defaults and comments', async () => {
    await setUp()
    await database.apply({
      kind: 'createView',
      object: {
        kind: 'view',
        schema: 'public',
        name: 'v',
        columnNames: ['x', 'Y'],
        definition: 'SELECT a, b FROM t WHERE a > 0',
        options: { security_barrier: 'true', check_option: 'cascaded' },
        columnDefaults: { Y: `'none'::text` },
        comment: 'positive',
        columnComments: { Y: 'b of t' },
      },
    })
    expect(await database.value(`SELECT reloptions FROM pg_class WHERE relname = 'v'`)).toEqual([
      'security_barrier=true',
      'check_option=cascaded',
    ])
    expect(await comments('v')).toEqual([{ whole: 'positive', first: null, second: 'b of t' }])
    await database.run('INSERT INTO v (x) VALUES (1)')
    expect(await database.rows('SELECT x, "Y" FROM v')).toEqual([{ x: 1, Y: 'none' }])
  })

  test('are replaced in place', async () => {
    await setUp()
    const existing = {
      kind: 'view',
      name: 'v',
      definition: 'SELECT a, b FROM t',
      options: { security_barrier: 'true' },
      columnDefaults: { a: '1', b: `'x'` },
      comment: 'before',
      columnComments: { a: 'first', b: 'second' },
    } as const
    await database.apply(
      { kind: 'createView', object: existing },
      {
        kind: 'replaceView',
        object: {
          kind: 'view',
          name: 'v',
          definition: 'SELECT a, b, 1 AS c FROM t',
          columnDefaults: { a: '2' },
          columnComments: { b: 'changed' },
        },
        existing,
      },
    )
    expect(await comments('v')).toEqual([{ whole: null, first: null, second: 'changed' }])
    expect(await database.value(`SELECT reloptions FROM pg_class WHERE relname = 'v'`)).toBe(null)
    expect(
      await database.values(`SELECT column_default FROM information_schema.columns
        WHERE table_name = 'v' ORDER BY ordinal_position`),
    ).toEqual(['2', null, null])
  })

  test('may be there already, and are dropped', async () => {
    await setUp()
    const object = { kind: 'view', name: 'v', definition: 'SELECT $$it$$ AS a' } as const
    await database.apply(
      { kind: 'createView', object },
      { kind: 'createView', object, ifNotExists: true },
      { kind: 'dropView', object: { schema: 'public', name: 'v' }, cascade: true },
      { kind: 'dropView', object: { name: 'v' }, ifExists: true },
    )
    expect(await database.value(`SELECT to_regclass('v')`)).toBe(null)
  })

  test('are materialized, with rows, parameters and indexes', async () => {
    await setUp()
    await database.run(`INSERT INTO t VALUES (1, 'x')`)
    const object = {
      kind: 'materializedView',
      schema: 'public',
      name: 'm',
      columnNames: ['x'],
      definition: 'SELECT a FROM t',
      options: { fillfactor: '70' },
      accessMethod: 'heap',
      tablespace: 'pg_default',
      comment: 'kept',
      columnComments: { x: 'a of t' },
      columnStorage: { x: { statistics: 7 } },
    } as const
    await database.apply(
      { kind: 'createMaterializedView', object },
      { kind: 'createMaterializedView', object, ifNotExists: true },
      {
        kind: 'createIndex',
        index: {
          kind: 'index',
          schema: 'public',
          table: 'm',
          name: 'ix',
          elements: [{ column: 'x' }],
          clustered: true,
        },
      },
    )
    expect(await database.rows('SELECT x FROM m')).toEqual([{ x: 1 }])
    expect(await comments('m')).toEqual([{ whole: 'kept', first: 'a of t', second: null }])
    expect(
      await database.value(
        `SELECT attstattarget FROM pg_attribute WHERE attrelid = 'm'::regclass AND attname = 'x'`,
      ),
    ).toBe(7)
    await database.apply({ kind: 'dropMaterializedView', object: { name: 'm' } })
  })
})
