import { describe, expect, test } from 'vitest'
import { compile } from '../../../../src/dialects/postgresql/compile/index.ts'
import type { Execute } from '../../../../src/operations/operation.ts'
import { eachServer } from '../../../support/each-server.ts'
import { compileDatabase } from './database.ts'

const execute = (sql: string, rest: Partial<Execute> = {}) =>
  compile({ kind: 'execute', sql, ...rest })

describe('compiled SQL of the user', () => {
  test('is kept, but for closing semicolons', () => {
    expect(execute('UPDATE t SET a = 1;\n')).toMatchObject([{ sql: 'UPDATE t SET a = 1' }])
    expect(execute('SELECT 1; -- done')).toMatchObject([{ sql: 'SELECT 1; -- done' }])
  })

  test('carries its parameters and says where it came from', () => {
    const operation: Execute = { kind: 'execute', sql: 'SELECT $1', parameters: [1] }
    expect(compile(operation)).toEqual([
      { sql: 'SELECT $1', parameters: [1], transactional: true, operation },
    ])
  })

  test.each(['COMMIT', '-- now\nbegin;', 'ROLLBACK', 'END', 'START TRANSACTION', 'abort work'])(
    'may not control the transaction: %s',
    sql => {
      expect(() => execute(sql)).toThrow(/would end the transaction/)
    },
  )

  test.each(['SAVEPOINT a', 'ROLLBACK TO a', 'ROLLBACK WORK TO SAVEPOINT a', 'RELEASE a'])(
    'may set savepoints: %s',
    sql => {
      expect(execute(sql)).toMatchObject([{ sql, transactional: true }])
    },
  )
})

describe('compiled statements', () => {
  test('of CONCURRENTLY run outside a transaction, those around them inside', () => {
    expect(
      compile({
        kind: 'createIndex',
        index: {
          kind: 'index',
          table: 't',
          name: 'ix',
          elements: [{ column: 'a' }],
          concurrently: true,
          comment: 'c',
        },
      }).map(({ transactional }) => transactional),
    ).toEqual([false, true])
    expect(compile({ kind: 'dropIndex', name: 'ix', concurrently: true })).toMatchObject([
      { transactional: false },
    ])
  })
})

eachServer('what PostgreSQL refuses in a transaction', server => {
  const database = compileDatabase(server)
  const before = `
    CREATE TABLE t (a integer PRIMARY KEY, note text); CREATE INDEX ix ON t (note); CLUSTER t USING ix;
    CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p DEFAULT;
    CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE UNIQUE INDEX ON m (a);
    CREATE TYPE mood AS ENUM ('sad'); CREATE PUBLICATION pub FOR TABLE t;
    CREATE SUBSCRIPTION sub CONNECTION 'port=1' PUBLICATION pub WITH (connect = false);
    ALTER SUBSCRIPTION sub ENABLE`

  /** The server's own verdict: what it says of a transaction is SQLSTATE 25001. */
  const verdict = async (sql: string) => {
    await database.run(before)
    return database.run(sql).then(
      () => 'runs',
      error => error.code as string,
    )
  }

  const alone = [
    'CREATE INDEX CONCURRENTLY one ON t (a)',
    '-- slow\n/* but harmless */ create unique /* ! */ index\n concurrently -- now\n one on t (a)',
    'DROP INDEX CONCURRENTLY ix',
    'REINDEX TABLE CONCURRENTLY t',
    'REINDEX (VERBOSE) INDEX CONCURRENTLY ix',
    'REINDEX SCHEMA public',
    'REINDEX SYSTEM postgres',
    'VACUUM t',
    'VACUUM(ANALYZE) t',
    'CLUSTER',
    'CLUSTER VERBOSE',
    'DISCARD ALL',
    'CREATE DATABASE d',
    'DROP DATABASE d',
    'ALTER DATABASE postgres SET TABLESPACE pg_default',
    `CREATE TABLESPACE s LOCATION '/nowhere'`,
    `ALTER SYSTEM SET work_mem = '8MB'`,
    `CREATE SUBSCRIPTION s CONNECTION 'port=1' PUBLICATION pub`,
    'DROP SUBSCRIPTION sub',
    ...(server.major < 14
      ? []
      : [
          'REINDEX (CONCURRENTLY) TABLE t',
          'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
          'ALTER SUBSCRIPTION sub SET PUBLICATION other',
          'ALTER SUBSCRIPTION sub REFRESH PUBLICATION',
        ]),
  ]

  test.each(alone)('runs outside one: %s', async sql => {
    expect(execute(sql)).toMatchObject([{ sql, transactional: false }])
    expect(await verdict(sql)).toBe('25001')
  })

  const together = [
    'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
    `INSERT INTO t VALUES (1, 'create index concurrently')`,
    `CREATE VIEW v AS SELECT 'concurrently' AS "concurrently"`,
    `DO $$ BEGIN PERFORM 'REINDEX TABLE CONCURRENTLY t'; END $$`,
    `ALTER TYPE mood ADD VALUE 'ok'`,
    'ALTER TABLE p DETACH PARTITION p1',
    'CLUSTER t',
    'CLUSTER VERBOSE t',
    'REINDEX TABLE t',
    'ANALYZE t',
    'DISCARD SEQUENCES',
    `CREATE SUBSCRIPTION s CONNECTION 'port=1' PUBLICATION pub WITH (connect = false)`,
    'ALTER SUBSCRIPTION sub SET PUBLICATION other WITH (refresh = false)',
    ...(server.major < 14 ? [] : ['REINDEX (CONCURRENTLY false) TABLE t']),
  ]

  test.each(together)('runs inside one where it may: %s', async sql => {
    expect(execute(sql)).toMatchObject([{ sql, transactional: true }])
    expect(await verdict(sql)).toBe('runs')
  })
})
