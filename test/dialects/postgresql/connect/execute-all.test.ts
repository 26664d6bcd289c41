import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import { connectEmbedded } from '../../../../src/dialects/postgresql/connect/embedded.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { embeddedCache } from '../../../support/embedded-cache.ts'
import { postgresServer, type TestDatabase } from '../../../support/servers.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('together')
})

afterAll(() => database.drop())

describe('on a server', () => suite(() => connectServer({ url: database.url })))

describe('embedded', () =>
  suite(() => connectEmbedded({ cacheDirectory: embeddedCache(), extensions: [] })))

function suite(connect: () => Promise<Connection>) {
  let connection: Connection

  beforeAll(async () => {
    connection = await connect()
  })

  afterAll(() => connection.close())

  beforeEach(async () => {
    await connection.query('ROLLBACK')
    await connection.query('DROP TABLE IF EXISTS a, b, c')
  })

  const tables = async () => {
    const { rows } = await connection.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    )
    return rows.map(row => row.name)
  }

  describe('executeAll', () => {
    test('runs statements in order', async () => {
      await connection.executeAll(['CREATE TABLE a (n int)', 'ALTER TABLE a RENAME TO b'])
      expect(await tables()).toEqual(['b'])
    })

    test('runs nothing where there is nothing', async () => {
      await connection.executeAll([])
      expect(await tables()).toEqual([])
    })

    test('names the statement that fails, whatever the others hold', async () => {
      const statements = [
        '-- only a comment',
        'CREATE TABLE a (n int); CREATE TABLE b (n int)',
        '',
        'INSERT INTO a SELECT generate_series(1, 3) -- no end of line',
        "SELECT 'ü', m FROM a",
        'CREATE TABLE c (n int)',
      ]
      await expect(connection.executeAll(statements)).rejects.toMatchObject({
        name: 'DatabaseError',
        code: '42703',
        statementIndex: 4,
        position: 13,
        sql: statements[4],
      })
    })

    test('names a statement that fails without a position', async () => {
      const statements = ['CREATE TABLE a (n int)', 'ALTER TABLE nowhere ADD m int']
      await expect(connection.executeAll(statements)).rejects.toMatchObject({
        code: '42P01',
        statementIndex: 1,
        position: undefined,
      })
    })

    test('leaves nothing of a list that fails', async () => {
      await connection.executeAll(['CREATE TABLE a (n int)', 'nonsense']).catch(() => {})
      expect(await tables()).toEqual([])
    })

    test('counts statements beyond what is sent together', async () => {
      const many = Array.from({ length: 450 }, (_, index) => `SELECT ${index}`)
      await expect(connection.executeAll([...many, 'nonsense', 'SELECT 1'])).rejects.toMatchObject({
        statementIndex: 450,
      })
    })

    test('leaves an open transaction to whoever began it', async () => {
      await connection.query('BEGIN')
      await connection.executeAll(['CREATE TABLE a (n int)', 'CREATE TABLE b (n int)'])
      expect(await tables()).toEqual(['a', 'b'])
      await connection.query('ROLLBACK')
      expect(await tables()).toEqual([])
    })

    test('runs nothing after a failure, though a rollback is on the list', async () => {
      await connection.query('BEGIN')
      const statements = ['SAVEPOINT s', 'nonsense', 'ROLLBACK TO s', 'CREATE TABLE a (n int)']
      await expect(connection.executeAll(statements)).rejects.toMatchObject({ statementIndex: 1 })
      await expect(tables()).rejects.toMatchObject({ code: '25P02' })
    })

    test('leaves transactions to a list that has its own', async () => {
      const statements = [
        'CREATE TABLE a (n int)',
        '/* a new one */ BEGIN',
        'CREATE TABLE b (n int)',
        'COMMIT',
        'nonsense',
        'CREATE TABLE c (n int)',
      ]
      await expect(connection.executeAll(statements)).rejects.toMatchObject({ statementIndex: 4 })
      expect(await tables()).toEqual(['a', 'b'])
    })

    test('runs statements one by one where one may not be in a transaction', async () => {
      await connection.executeAll([
        'CREATE TABLE a (n int)',
        'CREATE INDEX CONCURRENTLY a_n ON a (n)',
        'ALTER TABLE a RENAME TO b',
      ])
      expect(await tables()).toEqual(['b'])
    })

    test('reports what may not be in a transaction that somebody else has open', async () => {
      await connection.query('BEGIN')
      const statements = ['CREATE TABLE a (n int)', 'CREATE INDEX CONCURRENTLY a_n ON a (n)']
      await expect(connection.executeAll(statements)).rejects.toMatchObject({
        code: '25001',
        statementIndex: 1,
      })
    })

    test('reports what fails when the transaction ends', async () => {
      await expect(
        connection.executeAll([
          'CREATE TABLE a (n int PRIMARY KEY)',
          'CREATE TABLE b (n int REFERENCES a DEFERRABLE INITIALLY DEFERRED)',
          'INSERT INTO b VALUES (1)',
        ]),
      ).rejects.toMatchObject({ code: '23503', sql: 'COMMIT' })
      expect(await tables()).toEqual([])
    })

    test('refuses COPY FROM STDIN and goes on living', async () => {
      const statements = ['CREATE TABLE a (n int)', 'COPY a FROM STDIN', 'SELECT 1']
      await expect(connection.executeAll(statements)).rejects.toMatchObject({ statementIndex: 1 })
      expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    })
  })

  describe('queryAll', () => {
    test('answers in the order of the questions', async () => {
      const results = await connection.queryAll(['SELECT 1 AS n', 'SELECT 2 AS n UNION SELECT 3'])
      expect(results).toEqual([
        { rows: [{ n: 1 }], rowCount: 1 },
        { rows: [{ n: 2 }, { n: 3 }], rowCount: 2 },
      ])
    })

    test('names the question that has no answer', async () => {
      await expect(
        connection.queryAll(['SELECT 1', 'SELECT nothing', 'SELECT nobody']),
      ).rejects.toMatchObject({ code: '42703', statementIndex: 1, sql: 'SELECT nothing' })
    })
  })
}
