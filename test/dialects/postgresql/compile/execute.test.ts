import { describe, expect, test } from 'vitest'
import { compile } from '../../../../src/dialects/postgresql/compile/index.ts'
import type { Execute } from '../../../../src/operations/operation.ts'

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

  test.each([
    'CREATE INDEX CONCURRENTLY ix ON t (a)',
    '-- slow\n/* but harmless */ create unique index concurrently ix on t (a)',
    'DROP INDEX CONCURRENTLY ix',
    'REINDEX TABLE CONCURRENTLY t',
    'ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY',
    'VACUUM t',
    'CREATE DATABASE d',
    `ALTER SYSTEM SET work_mem = '8MB'`,
  ])('runs outside a transaction where it must: %s', sql => {
    expect(execute(sql)).toMatchObject([{ sql, transactional: false }])
  })

  test.each([
    'REFRESH MATERIALIZED VIEW CONCURRENTLY m',
    `INSERT INTO notes VALUES ('create index concurrently')`,
    `ALTER TYPE mood ADD VALUE 'ok'`,
  ])('runs in a transaction where it may: %s', sql => {
    expect(execute(sql)).toMatchObject([{ sql, transactional: true }])
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
