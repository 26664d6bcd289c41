import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import { connectEmbedded } from '../../../../src/dialects/postgresql/connect/embedded.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { embeddedCache } from '../../../support/embedded-cache.ts'
import { postgresServer } from '../../../support/servers.ts'

let connections: readonly Connection[]

beforeAll(async () => {
  connections = await Promise.all([
    postgresServer().then(({ url }) => connectServer({ url })),
    connectEmbedded({ cacheDirectory: embeddedCache(), extensions: [] }),
  ])
})

afterAll(() => Promise.all(connections.map(connection => connection.close())))

/** What each driver answers for one expression. */
function ask(expression: string, parameters?: readonly unknown[]): Promise<unknown[]> {
  return Promise.all(
    connections.map(async connection => {
      const { rows } = await connection.query(`SELECT ${expression} AS value`, parameters)
      return rows[0]?.value
    }),
  )
}

test.each<[expression: string, value: unknown]>([
  ['true', true],
  ['1::int2', 1],
  ['(-2147483648)::int4', -2147483648],
  ['9007199254740993::int8', '9007199254740993'],
  ['4294967295::oid', 4294967295],
  ['0.1::float4', 0.1],
  ["'-Infinity'::float8", -Infinity],
  ['1.10::numeric', '1.10'],
  ["'ü\n'::text", 'ü\n'],
  ["'a'::name", 'a'],
  ["'ab'::char(3)", 'ab '],
  [`'a'::"char"`, 'a'],
  ['NULL', null],
  [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
  ["'1 2'::int2vector", '1 2'],
  ["'3 4'::oidvector", '3 4'],
  ["'pg_class'::regclass", 'pg_class'],
  ["'2026-11-20 09:41:00.123456+00'::timestamptz", '2026-11-20 09:41:00.123456+00'],
  ["'2026-11-20 09:41:00'::timestamp", '2026-11-20 09:41:00'],
  ["'2026-11-20'::date", '2026-11-20'],
  ["'1 day 2 hours'::interval", '1 day 02:00:00'],
  [String.raw`'\x00ff'::bytea`, Buffer.from([0, 255])],
  ['ARRAY[true, NULL]', [true, null]],
  ['ARRAY[1, 2]::int2[]', [1, 2]],
  [
    'ARRAY[[1, 2], [3, 4]]',
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['ARRAY[1]::int8[]', ['1']],
  ['ARRAY[1]::oid[]', [1]],
  ["ARRAY['a', 'B c']::name[]", ['a', 'B c']],
  [`ARRAY['x', NULL]::"char"[]`, ['x', null]],
  [
    String.raw`ARRAY['a,b', '{c}', '"d"', E'e\\f', '', 'NULL', NULL, ' g ']`,
    ['a,b', '{c}', '"d"', 'e\\f', '', 'NULL', null, ' g '],
  ],
  ["'[0:1]={a,b}'::text[]", ['a', 'b']],
  ["'{}'::text[]", []],
  ["ARRAY['2026-11-20']::date[]", ['2026-11-20']],
  [`ARRAY['{"a": 1}']::jsonb[]`, [{ a: 1 }]],
])('%s is the same value from either driver', async (expression, value) => {
  // Debian's servers have a time zone of their own.
  await Promise.all(connections.map(connection => connection.query("SET TIME ZONE 'UTC'")))
  expect(await ask(expression)).toEqual([value, value])
})

test.each<[expression: string, parameter: unknown, value: unknown]>([
  ['$1::text', 'x', 'x'],
  ['$1::int4', 5, 5],
  ['$1::int4', '5', 5],
  ['$1::int8', 9007199254740993n, '9007199254740993'],
  ['$1::bool', true, true],
  ['$1::text', null, null],
  ['$1::text[]', ['a', 'b,c', null], ['a', 'b,c', null]],
  ['$1::jsonb', { a: 1 }, { a: 1 }],
  ['$1::bytea', Buffer.from([1, 2]), Buffer.from([1, 2])],
])('%s takes %s from either driver', async (expression, parameter, value) => {
  expect(await ask(expression, [parameter])).toEqual([value, value])
})

test('either driver counts rows alike', async () => {
  const counts = await Promise.all(
    connections.map(async connection => {
      const statements = [
        'CREATE TEMPORARY TABLE counted (n int)',
        'INSERT INTO counted VALUES (1), (2)',
        'SELECT * FROM counted',
        'UPDATE counted SET n = 3 WHERE n = 1',
        'DROP TABLE counted',
        '',
        'SELECT 1; SELECT 1 UNION ALL SELECT 2',
      ]
      const results = []
      for (const sql of statements) results.push((await connection.query(sql)).rowCount)
      return results
    }),
  )
  expect(counts[0]).toEqual([0, 2, 2, 1, 0, 0, 2])
  expect(counts[1]).toEqual(counts[0])
})
