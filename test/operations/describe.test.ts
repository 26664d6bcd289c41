import { describe, expect, test } from 'vitest'
import { describeAll, describe as describeOperation } from '../../src/operations/describe.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { Column } from '../../src/schema/index.ts'
import { samples } from './samples.ts'

const column = { name: 'email', type: 'varchar(255)', notNull: false } as const

describe('describe', () => {
  test.each(Object.entries(samples))('has a line for %s', (_, { operation, line }) => {
    expect(describeOperation(operation)).toBe(line)
  })

  test('shows what changes of a column', () => {
    expect(
      describeOperation({
        kind: 'alterColumn',
        schema: 'auth',
        table: 'users',
        column: 'email',
        changes: { type: 'varchar(320)', notNull: true, default: { sql: `lower('X')` } },
        existing: column,
      }),
    ).toBe(
      `~ column auth.users.email: type varchar(255) → varchar(320), not null, default lower('X')`,
    )
    expect(
      describeOperation({
        kind: 'alterColumn',
        table: 'users',
        column: 'email',
        changes: { identity: null, generated: { expression: 'a + b', stored: true } },
      }),
    ).toBe('~ column users.email: no longer an identity, generated as a + b')
  })

  test('tells another name of an identity from another identity', () => {
    const identityOf = (identity: Column['identity'], existing: Column['identity']) =>
      describeOperation({
        kind: 'alterColumn',
        table: 't',
        column: 'id',
        changes: { identity },
        existing: { name: 'id', type: 'integer', notNull: true, identity: existing },
      })
    expect(identityOf({ always: false }, { always: false, sequenceName: 'old' })).toBe(
      '~ column t.id: identity with another name of its sequence',
    )
    expect(identityOf({ always: true }, { always: false, sequenceName: 'old' })).toBe(
      '~ column t.id: identity always',
    )
  })

  test('leaves the default schema out', () => {
    const drop: Operation = { kind: 'dropTable', schema: 'app', name: 'users' }
    expect(describeOperation(drop)).toBe('- table app.users')
    expect(describeOperation(drop, 'app')).toBe('- table users')
  })

  test('keeps to one line', () => {
    const sql = `UPDATE users\n  SET nick = 'x'\n WHERE ${'a'.repeat(100)} > 0`
    const line = describeOperation({ kind: 'execute', sql })
    expect(line).toBe(`~ execute UPDATE users SET nick = 'x' WHERE ${'a'.repeat(25)}…`)
  })

  test('says where code was recorded', () => {
    expect(describeOperation({ kind: 'run', callback: () => {}, location: 'a.ts:3:5' })).toBe(
      '~ run (a.ts:3:5)',
    )
  })
})

describe('describeAll', () => {
  const table = (name: string): Operation => ({
    kind: 'createTable',
    table: { kind: 'table', name, columns: [column, column, column, column] },
    constraints: [],
  })
  const index = (on: string, name?: string): Operation => ({
    kind: 'createIndex',
    index: { kind: 'index', table: on, name, elements: [{ column: 'email' }], unique: true },
  })

  test('counts the indexes of a new table in its line', () => {
    expect(
      describeAll([
        table('users'),
        index('users', 'a'),
        table('orders'),
        index('orders', 'b'),
        index('orders', 'c'),
        index('old', 'd'),
        index('old'),
      ]),
    ).toEqual([
      '+ table users (4 columns, 1 index)',
      '+ table orders (4 columns, 2 indexes)',
      '+ unique index d on old',
      '+ unique index on old (email)',
    ])
  })

  test('says of which table a new one is a partition', () => {
    expect(
      describeAll([
        {
          kind: 'createTable',
          table: {
            kind: 'table',
            schema: 'public',
            name: 'p1',
            columns: [column],
            partitionOf: { parent: { schema: 'public', name: 'p' }, bounds: 'DEFAULT' },
          },
          constraints: [],
        },
      ]),
    ).toEqual(['+ table p1 (1 column, partition of p)'])
  })
})
