import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { integer, type Op } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { reverse, reverseAll } from '../../src/operations/reverse.ts'
import { reversed } from '../../src/operations/reversed.ts'
import { compileDatabase } from '../dialects/postgresql/compile/database.ts'
import { eachServer } from '../support/each-server.ts'
import { samples } from './samples.ts'

eachServer('a reversed operation', server => {
  const database = compileDatabase(server)

  test.each(Object.entries(samples))('undoes %s, and is undone itself', async (kind, sample) => {
    await database.run(sample.before)
    const before = await database.catalog()
    await database.apply(sample.operation)
    const after = await database.catalog()
    expect(after).not.toEqual(before)
    if (kind === 'validateConstraint') return

    const back = reverse(sample.operation)
    await database.apply(...back)
    expect(await database.catalog()).toEqual(before)
    await database.apply(...reverseAll(back))
    expect(await database.catalog()).toEqual(after)
  })

  test('of many undoes them from the last to the first', async () => {
    const operations: Operation[] = [
      { kind: 'createEnum', object: { kind: 'enum', name: 'mood', values: ['sad'] } },
      {
        kind: 'createTable',
        table: { kind: 'table', name: 't', columns: [{ name: 'a', type: 'mood', notNull: true }] },
        constraints: [],
      },
      { kind: 'renameTable', name: 't', newName: 'u' },
      {
        kind: 'alterColumn',
        table: 'u',
        column: 'a',
        changes: { type: 'text', newName: 'b' },
        existing: { name: 'a', type: 'mood', notNull: true },
      },
      {
        kind: 'createIndex',
        index: { kind: 'index', table: 'u', name: 'ix', elements: [{ column: 'b' }] },
      },
    ]
    const before = await database.catalog()
    await database.apply(...operations, ...reverseAll(operations))
    expect(await database.catalog()).toEqual(before)
  })

  test('brings a table back before the index that is its replica identity', async () => {
    await database.run(`CREATE TABLE t (a integer NOT NULL); CREATE UNIQUE INDEX ix ON t (a);
      ALTER TABLE t REPLICA IDENTITY USING INDEX ix`)
    const before = await database.catalog()
    const drop: Operation = {
      kind: 'dropTable',
      name: 't',
      existing: {
        table: {
          kind: 'table',
          name: 't',
          columns: [{ name: 'a', type: 'integer', notNull: true }],
          replicaIdentity: { index: 'ix' },
        },
        constraints: [],
        indexes: [
          { kind: 'index', table: 't', name: 'ix', elements: [{ column: 'a' }], unique: true },
        ],
      },
    }
    await database.apply(drop, ...reverse(drop))
    expect(await database.catalog()).toEqual(before)
  })

  test('brings functions back before the tables that their text names', async () => {
    await database.run(`CREATE TABLE t (a integer);
      CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'DECLARE r t%ROWTYPE; BEGIN END'`)
    const before = await database.catalog()
    const operations: Operation[] = [
      {
        kind: 'dropTable',
        name: 't',
        existing: {
          table: {
            kind: 'table',
            name: 't',
            columns: [{ name: 'a', type: 'integer', notNull: false }],
          },
          constraints: [],
          indexes: [],
        },
      },
      {
        kind: 'dropRoutine',
        object: { name: 'f', signature: '' },
        existing: {
          kind: 'routine',
          type: 'function',
          name: 'f',
          signature: '',
          arguments: '',
          returns: 'void',
          language: 'plpgsql',
          body: 'DECLARE r t%ROWTYPE; BEGIN END',
        },
      },
    ]
    await database.apply(...operations, ...reverseAll(operations))
    expect(await database.catalog()).toEqual(before)
  })

  test('leaves it to a partitioned index to take those of its partitions along', async () => {
    await database.run(`CREATE TABLE p (a integer NOT NULL) PARTITION BY RANGE (a);
      CREATE TABLE p1 PARTITION OF p DEFAULT`)
    const before = await database.catalog()
    const elements = [{ column: 'a' }]
    const key = { kind: 'constraint', type: 'primaryKey', columns: ['a'] } as const
    const operations: Operation[] = [
      {
        kind: 'createIndex',
        index: { kind: 'index', table: 'p', name: 'ix', elements, only: true },
      },
      {
        kind: 'createIndex',
        index: { kind: 'index', table: 'p1', name: 'ix1', elements, attachedTo: { name: 'ix' } },
      },
      { kind: 'createConstraint', constraint: { ...key, table: 'p', name: 'k', only: true } },
      {
        kind: 'createConstraint',
        constraint: { ...key, table: 'p1', name: 'k1', attachedTo: { name: 'k' } },
      },
    ]
    await database.apply(...operations, ...reverseAll(operations))
    expect(await database.catalog()).toEqual(before)
  })

  test('turns a column back into serial', async () => {
    await database.run('CREATE TABLE t (id serial)')
    const before = await database.catalog()
    const alter: Operation = {
      kind: 'alterColumn',
      table: 't',
      column: 'id',
      changes: { type: 'bigint', default: { value: 1 } },
      existing: { name: 'id', type: 'serial', notNull: true },
    }
    await database.apply(alter, ...reverse(alter))
    expect(await database.catalog()).toEqual(before)
  })
})

describe('reverse', () => {
  test('has nothing to do for a validation', () => {
    expect(reverse({ kind: 'validateConstraint', table: 't', name: 'c' })).toEqual([])
  })

  test.each<[string, Operation]>([
    ['existing', { kind: 'dropTable', name: 'users' }],
    ['existing', { kind: 'dropColumn', table: 'users', column: 'nick' }],
    ['existing', { kind: 'dropView', object: { name: 'v' } }],
    ['existing', { kind: 'dropIndex', name: 'ix' }],
    ['existing', { kind: 'dropConstraint', table: 'users', name: 'c' }],
    ['existing', { kind: 'alterColumn', table: 'users', column: 'a', changes: { type: 'text' } }],
    ['existing', { kind: 'alterTable', table: 'users', changes: { unlogged: true } }],
    ['existing', { kind: 'alterSequence', name: 's', changes: { increment: 2n } }],
    ['existing', { kind: 'addEnumValue', name: 'mood', value: 'ok' }],
    ['existing', { kind: 'replaceEnumValues', name: 'mood', values: [], columns: [] }],
    ['existing', { kind: 'replaceView', object: { kind: 'view', name: 'v', definition: '' } }],
    ['existing', { kind: 'setComment', object: { kind: 'schema', name: 's' }, comment: 'c' }],
    ['bounds', { kind: 'detachPartition', table: 'p', partition: { name: 'p1' } }],
    ['name', { kind: 'createIndex', index: { kind: 'index', table: 't', elements: [] } }],
    ['reverse', { kind: 'execute', sql: 'DELETE FROM users' }],
    ['reverse', { kind: 'run', callback: () => {} }],
  ])('says that `%s` is missing', (missing, operation) => {
    expect(() => reverse(operation)).toThrow(
      expect.objectContaining({
        code: 'IRREVERSIBLE',
        facts: expect.objectContaining({ operation: operation.kind, missing }),
      }),
    )
  })

  test('names the operation in its sentence', () => {
    expect(() => reverse({ kind: 'dropColumn', table: 'users', column: 'nick' })).toThrow(
      'dropColumn (- column users.nick) cannot be reversed: it has no `existing`.',
    )
  })

  test('says where a script recorded what cannot be reversed, and all of it at once', () => {
    const upgrade = (op: Op) => {
      op.createTable('t', { a: integer() })
      op.dropColumn('users', 'nick')
      op.batchAlterTable('users', {}, batch => {
        batch.alterColumn('email', { nullable: true })
      })
      op.run(() => {})
    }
    const line = (directive: string) =>
      readFileSync(import.meta.filename, 'utf8')
        .split('\n')
        .findIndex(text => text.trim().startsWith(directive)) + 1
    const place = (directive: string) => `${import.meta.filename}:${line(directive)}:10: `
    expect(() => record(reversed(upgrade))).toThrow(
      expect.objectContaining({
        code: 'IRREVERSIBLE',
        message: [
          '3 operations cannot be reversed:',
          `  ${place('op.dropColumn(')}dropColumn (- column users.nick) cannot be reversed: it has no \`existing\`.`,
          `  ${place('op.batchAlterTable(')}alterColumn (~ column users.email: nullable) cannot be reversed: it has no \`existing\`.`,
          `  ${place('op.run(')}run (~ run (${place('op.run(').slice(0, -2)})) cannot be reversed: it is code.`,
        ].join('\n'),
        facts: expect.objectContaining({ path: import.meta.filename }),
        hint: expect.stringContaining('`existing`'),
      }),
    )
  })

  test('says where the only one was recorded', () => {
    const upgrade = (op: Op) => op.dropTable('users')
    expect(() => record(reversed(upgrade))).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /reverse\.test\.ts:\d+:\d+: dropTable \(- table users\) cannot be reversed: it has no `existing`\.$/,
        ),
        facts: expect.objectContaining({ operation: 'dropTable', line: expect.any(Number) }),
        hint: expect.stringContaining('`existing`'),
      }),
    )
  })

  test('does not ask code for what no option of it could say', () => {
    expect(() => reverse({ kind: 'run', callback: () => {} })).toThrow(/reversed: it is code\.$/)
  })

  test('puts a value of an enum in its place among the existing ones', () => {
    const valuesAfter = (rest: object) => {
      const operation = { kind: 'addEnumValue', name: 'mood', value: 'x', ...rest } as const
      const [back] = reverse({ ...operation, existing: ['a', 'b'] })
      return back?.kind === 'replaceEnumValues' && back.existing
    }
    expect(valuesAfter({})).toEqual(['a', 'b', 'x'])
    expect(valuesAfter({ before: 'a' })).toEqual(['x', 'a', 'b'])
    expect(valuesAfter({ after: 'a' })).toEqual(['a', 'x', 'b'])
  })

  test('writes an enum that got several values anew once', () => {
    const columns = [{ table: 't', column: 'mood', default: "'a'::mood" }]
    expect(
      reverseAll([
        { kind: 'addEnumValue', name: 'mood', value: 'b', existing: ['a'], columns },
        { kind: 'addEnumValue', name: 'mood', value: 'c', existing: ['a', 'b'], columns },
        { kind: 'addEnumValue', name: 'weather', value: 'd', existing: [] },
      ]),
    ).toEqual([
      expect.objectContaining({ kind: 'replaceEnumValues', name: 'weather', values: [] }),
      {
        kind: 'replaceEnumValues',
        name: 'mood',
        values: ['a'],
        columns,
        existing: ['a', 'b', 'c'],
      },
    ])
  })

  test('gives a new value back to the first of the old ones that became it', () => {
    const [back] = reverse({
      kind: 'replaceEnumValues',
      name: 'mood',
      values: ['ok', 'low'],
      existing: ['ok', 'sad', 'blue', 'fine'],
      mapping: { sad: 'low', blue: 'low', fine: 'ok' },
      columns: [],
    })
    expect(back).toMatchObject({ mapping: { low: 'sad' } })
  })

  test('keeps the reverse of what was conditional conditional', () => {
    const operation = { ...samples.createIndex.operation, ifNotExists: true }
    expect(reverse(operation)).toMatchObject([{ kind: 'dropIndex', ifExists: true }])
    expect(reverseAll(reverse(operation))).toEqual([operation])
  })
})
