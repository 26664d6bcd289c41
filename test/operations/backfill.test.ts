import { describe, expect, test } from 'vitest'
import { compileWhole } from '../../src/dialects/compile-whole.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import { LimbeckError, type Op, sql } from '../../src/index.ts'
import { describe as describeOperation } from '../../src/operations/describe.ts'
import { hashOperations } from '../../src/operations/hash.ts'
import { record } from '../../src/operations/op.ts'
import type { Backfill } from '../../src/operations/operation.ts'
import { reverseAll } from '../../src/operations/reverse.ts'

const one = (script: (op: Op) => void): Backfill => record(script)[0] as Backfill

const refusal = (script: (op: never) => void): string => {
  try {
    record(script as (op: Op) => void)
  } catch (error) {
    expect(error).toBeInstanceOf(LimbeckError)
    expect((error as LimbeckError).code).toBe('DECLARATION_INVALID')
    return (error as LimbeckError).message
  }
  return expect.unreachable('it should be refused')
}

describe('op.backfill', () => {
  test('records what the columns get, as values and SQL', () => {
    expect(
      one(op =>
        op.backfill('users', {
          schema: 'auth',
          set: { nick: sql`lower(email)`, age: 5, big: 5n, ok: true, gone: null, word: "it's" },
          where: sql`nick IS NULL`,
          key: ['id'],
        }),
      ),
    ).toEqual({
      kind: 'backfill',
      schema: 'auth',
      table: 'users',
      set: {
        nick: { sql: 'lower(email)' },
        age: { value: 5 },
        big: { value: 5n },
        ok: { value: true },
        gone: { value: null },
        word: { value: "it's" },
      },
      where: 'nick IS NULL',
      key: ['id'],
    })
  })

  test('records code with its place', () => {
    const operation = one(op => op.backfill('users', { run: () => {}, columns: ['id'] }))
    expect(operation).toMatchObject({ columns: ['id'], callback: expect.any(Function) })
    expect(operation.location).toMatch(/backfill\.test\.ts:\d+:\d+$/)
    expect(describeOperation(operation)).toBe('~ backfill users: by code')
  })

  test.each([
    [(op: Op) => op.backfill('t', {} as never), 'it has neither `set` nor `run`'],
    [
      (op: Op) => op.backfill('t', { set: 'a = 1', run: () => {} } as never),
      'both `set` and `run`',
    ],
    [(op: Op) => op.backfill('t', { set: {} }), 'set names no column'],
    [(op: Op) => op.backfill('t', { set: 5 } as never), 'set is a number'],
    [(op: Op) => op.backfill('t', { set: { a: new Date() } as never }), 'a: its value is a Date'],
    [(op: Op) => op.backfill('t', { set: { a: undefined } as never }), 'a: its value is missing'],
    [(op: Op) => op.backfill('t', { run: 'x' } as never), 'run is a text, not a function'],
    [
      (op: Op) => op.backfill('t', { set: 'a = 1', batchSize: 0 }),
      'batchSize is 0, not a number of at least 1',
    ],
    [
      (op: Op) => op.backfill('t', { set: 'a = 1', batchSize: Infinity }),
      'is Infinity, not a number',
    ],
    [
      (op: Op) => op.backfill('t', { set: 'a = 1', pause: -1 }),
      'pause is -1, not a number of at least 0',
    ],
    [(op: Op) => op.backfill('', { set: 'a = 1' }), 'its argument table is an empty text'],
  ])('refuses what cannot be: %s', (script, message) => {
    expect(refusal(script)).toContain(message)
  })

  test('is undone by what `reverse` says, in batches, too, and comes back', () => {
    const operation = one(op =>
      op.backfill('t', {
        set: { a: sql`b` },
        where: 'a IS NULL',
        batchSize: 5,
        reverse: { set: { a: null }, where: 'a = b' },
      }),
    )
    const [back] = reverseAll([operation]) as Backfill[]
    const { set, where, reverse } = operation
    expect(back).toEqual({
      kind: 'backfill',
      table: 't',
      set: { a: { value: null } },
      where: 'a = b',
      batchSize: 5,
      reverse: { set, where },
    })
    expect(reverse).toEqual({ set: back!.set, where: back!.where })
    expect(reverseAll([back!])).toEqual([operation])
  })

  test('needs no undoing where `reverse` is null, and cannot be undone where it is absent', () => {
    expect(reverseAll([one(op => op.backfill('t', { set: 'a = 1', reverse: null }))])).toEqual([])
    expect(() => reverseAll([one(op => op.backfill('t', { set: 'a = 1' }))])).toThrow(
      'backfill (~ backfill t: a = 1) cannot be reversed: it has no `reverse`.',
    )
  })

  test('counts in the hash of a script with its code, not with its place', () => {
    const hash = (script: (op: Op) => void) => hashOperations(record(script))
    const code = () => {}
    expect(hash(op => op.backfill('t', { run: code }))).toBe(
      hash(op => op.backfill('t', { run: code })),
    )
    expect(hash(op => op.backfill('t', { run: () => void 1 }))).not.toBe(
      hash(op => op.backfill('t', { run: () => void 2 })),
    )
  })

  test('is one UPDATE where nobody else works on the database, and nothing where it takes code', async () => {
    const dialect = await loadDialect('mysql')
    const [statement] = compileWhole(
      one(op => op.backfill('My t', { set: { 'a b': "x'y", c: sql`d` }, where: 'e OR f' })),
      dialect,
    )
    expect(statement?.sql).toBe("UPDATE `My t`\nSET `a b` = 'x''y',\n  c = d\nWHERE (e OR f)")
    expect(
      compileWhole(
        one(op => op.backfill('t', { run: () => {} })),
        dialect,
      ),
    ).toEqual([])
  })
})
