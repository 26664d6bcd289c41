import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import { connectEmbedded } from '../../../../src/dialects/postgresql/connect/embedded.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { introspect } from '../../../../src/dialects/postgresql/introspect/index.ts'
import { eachServer } from '../../../support/each-server.ts'

eachServer('introspection', server => {
  let url: string
  let connection: Connection
  const statements: string[] = []

  beforeAll(async () => {
    ;({ url } = await server.createDatabase('session'))
    connection = await connectServer({ url, onStatement: sql => statements.push(sql) })
  })
  afterEach(async () => {
    await connection.query('ROLLBACK')
    await connection.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; RESET ALL')
  })
  afterAll(() => connection.close())

  const rows = async (sql: string) => (await connection.query(sql)).rows
  const tables = async () => {
    const { objects } = await introspect(connection)
    return [...objects.keys()].filter(id => id.startsWith('table:'))
  }
  const settings = () =>
    rows(`SELECT name, setting FROM pg_settings
      WHERE name NOT LIKE 'transaction\\_%' ORDER BY name`)

  test('tells the server’s version', async () => {
    const { serverVersion } = await introspect(connection)
    expect(Math.trunc(serverVersion / 10_000)).toBe(server.major)
  })

  test('sees what an open transaction has done, and leaves it open', async () => {
    await connection.query('BEGIN; CREATE TABLE t (id integer)')
    expect(await tables()).toEqual(['table:public.t'])
    await connection.query('ROLLBACK')
    expect(await tables()).toEqual([])
  })

  test('ends the transaction it began', async () => {
    await introspect(connection)
    await connection.query('CREATE TABLE t (id integer)')
    await connection.query('ROLLBACK')
    expect(await tables()).toEqual(['table:public.t'])
  })

  test.each([
    ['outside a transaction', ''],
    ['in a transaction', 'BEGIN;'],
    ['in a transaction with settings of its own', "BEGIN; SET LOCAL search_path = 'b';"],
  ])('leaves every setting as it was: %s', async (_, begin) => {
    await connection.query("SET search_path = 'a, public'; SET timezone = 'Asia/Tokyo'")
    await connection.query(`${begin} SELECT 1`)
    const before = await settings()
    await introspect(connection)
    expect(await settings()).toEqual(before)
  })

  test('leaves an open transaction usable when a query fails', async () => {
    await connection.query("BEGIN; SET LOCAL search_path = 'b'; CREATE TABLE public.t ()")
    const failing = {
      ...methodsOf(connection),
      queryAll: (queries: readonly string[]) => connection.queryAll([...queries, 'SELECT 1 / 0']),
    }
    await expect(introspect(failing)).rejects.toMatchObject({ code: '22012' })
    expect(await rows('SHOW search_path')).toEqual([{ search_path: 'b' }])
    expect(await tables()).toEqual(['table:public.t'])
  })

  test('ends its own transaction when a query fails', async () => {
    const failing = {
      ...methodsOf(connection),
      queryAll: () => connection.queryAll(['SELECT 1 / 0']),
    }
    await expect(introspect(failing)).rejects.toMatchObject({ code: '22012' })
    expect(await tables()).toEqual([])
  })

  test('says so in a transaction that has failed', async () => {
    await connection.query('BEGIN')
    await connection.query('SELECT 1 / 0').catch(() => undefined)
    await expect(introspect(connection)).rejects.toMatchObject({ code: '25P02' })
  })

  test('shows one moment, whatever others do meanwhile', async () => {
    const other = await connectServer({ url })
    const late = ['CREATE SCHEMA late; CREATE TABLE late.t (id integer)']
    const slow = {
      ...methodsOf(connection),
      async queryAll(queries: readonly string[]) {
        const first = await connection.queryAll(queries.slice(0, 1))
        await other.query(late.pop() ?? 'SELECT')
        return [...first, ...(await connection.queryAll(queries.slice(1)))]
      },
    }
    const { objects } = await introspect(slow)
    await other.query('DROP SCHEMA late CASCADE')
    await other.close()
    expect([...objects.keys()]).toEqual([
      'extension:plpgsql',
      'schema:late',
      'schema:public',
      'table:late.t',
    ])
  })

  test('asks as many queries for a hundred tables as for one', async () => {
    const count = async () => {
      statements.length = 0
      await introspect(connection)
      return statements.filter(sql => /json_(?:agg|build_object)/.test(sql)).length
    }
    await connection.query(`CREATE TABLE t0 (id serial PRIMARY KEY)`)
    const forOne = await count()
    await connection.query(`DO $$ BEGIN FOR i IN 1..100 LOOP
      EXECUTE format('CREATE TABLE t%s (id serial PRIMARY KEY, r int UNIQUE REFERENCES t0, CHECK (r > 0))', i);
      EXECUTE format('CREATE VIEW v%s AS SELECT * FROM t%s', i, i);
    END LOOP; END $$`)
    expect(await count()).toBe(forOne)
    expect(forOne).toBeGreaterThan(20)
    expect(forOne).toBeLessThanOrEqual(30)
  })

  test('spells constants alike in every session', async () => {
    await connection.query(`CREATE TABLE t (
      a timestamptz DEFAULT '2020-06-01 12:00:00+00', b interval DEFAULT '1 day 02:00:00',
      c double precision DEFAULT 0.1, d bytea DEFAULT '\\x01', e text DEFAULT E'a\\\\b')`)
    const usual = await introspect(connection)
    await connection.query(`SET timezone = 'Asia/Tokyo'; SET datestyle = 'German';
      SET intervalstyle = 'iso_8601'; SET extra_float_digits = 0; SET bytea_output = 'escape';
      SET standard_conforming_strings = off; SET quote_all_identifiers = on`)
    expect(await introspect(connection)).toEqual(usual)
  })

  test('is not deceived by a temporary table that is named like a catalog', async () => {
    await connection.query('CREATE TEMPORARY TABLE pg_class (oid integer)')
    await connection.query('CREATE TABLE t (id integer)')
    expect(await tables()).toEqual(['table:public.t'])
    await connection.query('DROP TABLE pg_temp.pg_class')
  })

  test('names the schema where unqualified names are found', async () => {
    await connection.query('BEGIN; CREATE SCHEMA app; SET LOCAL search_path = nowhere, app, public')
    expect((await introspect(connection)).defaultSchema).toBe('app')
    await connection.query("SET LOCAL search_path = ''")
    expect((await introspect(connection)).defaultSchema).toBe('public')
  })

  test('gives data that cannot be changed', async () => {
    await connection.query('CREATE TABLE t (id integer)')
    const { objects } = await introspect(connection)
    const table = objects.get('table:public.t') as unknown as { columns: unknown[] }
    expect(() => table.columns.push('another')).toThrow(TypeError)
  })
})

/** What introspection calls, so that a test can put another in its place. */
function methodsOf(connection: Connection): Connection {
  return {
    dialect: connection.dialect,
    serverVersion: connection.serverVersion,
    driver: connection.driver,
    query: connection.query.bind(connection),
    executeAll: connection.executeAll.bind(connection),
    queryAll: connection.queryAll.bind(connection),
    close: connection.close.bind(connection),
  }
}

describe('introspection of an embedded database', () => {
  test('reads it like a server', async () => {
    const connection = await connectEmbedded()
    await connection.query(
      'CREATE TABLE t (id bigserial PRIMARY KEY, n integer GENERATED ALWAYS AS IDENTITY)',
    )
    const { objects, dependencies } = await introspect(connection)
    await connection.close()
    expect(objects.get('table:public.t')).toStrictEqual({
      kind: 'table',
      schema: 'public',
      name: 't',
      columns: [
        { name: 'id', type: 'bigserial', notNull: true },
        { name: 'n', type: 'integer', notNull: true, identity: { always: true } },
      ],
    })
    expect(dependencies.get('constraint:public.t.t_pkey')).toEqual([
      'schema:public',
      'table:public.t',
    ])
  })
})
