import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import { loadConnection } from '../../../../src/dialects/load-connection.ts'
import { introspect } from '../../../../src/dialects/postgresql/introspect/index.ts'
import { eachServer } from '../../../support/each-server.ts'
import type { TestDatabase } from '../../../support/servers.ts'

eachServer('a database that is changed while it is read', under => {
  let database: TestDatabase
  let connection: Connection
  let other: Connection

  const connect = () => loadConnection('postgresql', { kind: 'url', url: database.url })

  beforeEach(async () => {
    database = await under.createDatabase('changed')
    connection = await connect()
    other = await connect()
    await other.executeAll([
      'CREATE TABLE t (a integer, CONSTRAINT positive CHECK (a > 0))',
      'CREATE VIEW v AS SELECT a FROM t',
      'CREATE MATERIALIZED VIEW m AS SELECT a FROM t',
    ])
  })

  afterEach(async () => {
    await connection.close()
    await other.close()
  })

  /** The connection, with what another session does right before the catalogs are read. */
  function disturbed(statements: readonly (readonly string[])[]) {
    let readings = 0
    const wrapped: Connection = Object.create(connection, {
      queryAll: {
        value: async (queries: readonly string[], ...rest: []) => {
          await other.executeAll(statements[readings++] ?? [])
          return connection.queryAll(queries, ...rest)
        },
      },
      executeAll: { value: connection.executeAll.bind(connection) },
      query: { value: connection.query.bind(connection) },
    })
    return { wrapped, readings: () => readings }
  }

  test.each([
    [
      'a view is replaced',
      'CREATE OR REPLACE VIEW v AS SELECT a, 1 AS more FROM t',
      'view:public.v',
      { definition: expect.stringContaining('more') },
    ],
    [
      'a column is renamed',
      'ALTER TABLE t RENAME a TO b',
      'constraint:public.t.positive',
      { expression: expect.stringContaining('b') },
    ],
    ['a view is dropped', 'DROP VIEW v', 'view:public.v', undefined],
  ])('is read again where %s', async (_, statement, id, expected) => {
    const { wrapped, readings } = disturbed([[statement]])
    const { objects } = await introspect(wrapped)
    expect(readings()).toBe(2)
    const found = objects.get(id as never)
    if (expected === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject(expected)
    expect(objects).toEqual((await introspect(connection)).objects)
  })

  test('is given up where it is changed each time', async () => {
    const change = (n: number) => [`CREATE OR REPLACE VIEW w${n} AS SELECT a FROM t`]
    const { wrapped, readings } = disturbed([change(1), change(2), change(3)])
    await expect(introspect(wrapped)).rejects.toMatchObject({
      code: 'DATABASE_CHANGED',
      facts: { times: 3 },
    })
    expect(readings()).toBe(3)
  })

  test('is read once where others only work with it', async () => {
    const { wrapped, readings } = disturbed([
      [
        'CREATE TEMPORARY TABLE passing (id serial PRIMARY KEY, a integer CHECK (a > 0))',
        'INSERT INTO t VALUES (1)',
        'REFRESH MATERIALIZED VIEW m',
        'TRUNCATE t',
        'ANALYZE t',
      ],
    ])
    await introspect(wrapped)
    expect(readings()).toBe(1)
  })
})
