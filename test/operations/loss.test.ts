import { describe, expect, test } from 'vitest'
import { destroys } from '../../src/operations/loss.ts'
import { narrows } from '../../src/operations/narrowing.ts'
import type { AlterColumn, Operation } from '../../src/operations/operation.ts'

const dropColumn = (column: string): Operation => ({ kind: 'dropColumn', table: 'users', column })
const alter = (
  changes: AlterColumn['changes'],
  type: string,
  rest: Partial<NonNullable<AlterColumn['existing']>> = {},
): Operation => ({
  kind: 'alterColumn',
  table: 'users',
  column: 'nick',
  changes,
  existing: { name: 'nick', type, notNull: false, ...rest },
})
const table = (name: string): Operation => ({
  kind: 'createTable',
  table: { kind: 'table', name, columns: [] },
  constraints: [],
})

describe('destroys', () => {
  test('says what CASCADE may take, but of a base type, which never goes without its functions', () => {
    const object = { name: 'public.own', type: 'TYPE' }
    const drop = { kind: 'dropVerbatim', object, cascade: true } as const
    const existing = {
      kind: 'verbatim',
      type: 'TYPE',
      identity: 'public.own',
      statements: [],
    } as const
    expect(destroys([{ ...drop, existing }])).toMatchObject([{ kind: 'dependents' }])
    expect(destroys([{ ...drop, existing: { ...existing, cascade: true } }])).toEqual([])
  })

  test('names tables, columns, enum values and sequences that go', () => {
    expect(
      destroys([
        dropColumn('nick'),
        { kind: 'dropTable', schema: 'auth', name: 'tokens' },
        {
          kind: 'replaceEnumValues',
          schema: 'public',
          name: 'status',
          values: ['open', 'new'],
          existing: ['open', 'done', 'lost', 'draft', 'idea'],
          mapping: { done: 'open', draft: 'new', idea: 'new' },
          columns: [],
        },
        { kind: 'dropSequence', object: { schema: 'public', name: 'numbers' } },
      ]),
    ).toEqual([
      { kind: 'column', what: 'users.nick', detail: 'dropped' },
      { kind: 'table', what: 'auth.tokens', detail: 'dropped' },
      { kind: 'enumValue', what: 'status.done', detail: 'becomes open' },
      { kind: 'enumValue', what: 'status.lost', detail: 'removed' },
      { kind: 'enumValue', what: 'status.idea', detail: 'becomes new' },
      { kind: 'sequence', what: 'numbers', detail: 'its position' },
    ])
  })

  test('names types that hold less, and expressions that change values', () => {
    expect(
      destroys([
        alter({ type: 'varchar(100)' }, 'varchar(320)'),
        alter({ type: 'integer', using: 'length(nick)' }, 'text'),
        alter({ generated: { expression: `'x'`, stored: true } }, 'text'),
      ]),
    ).toMatchObject([
      { what: 'users.nick', detail: 'varchar(320) → varchar(100)' },
      { what: 'users.nick', detail: 'replaced by length(nick)' },
      { what: 'users.nick', detail: 'its values are replaced by generated ones' },
    ])
  })

  test('goes under the names that it had before the list', () => {
    expect(
      destroys([
        {
          kind: 'renameObject',
          object: { kind: 'schema', name: 'auth' },
          newName: 'login',
        },
        { kind: 'renameTable', schema: 'login', name: 'users', newName: 'people' },
        {
          kind: 'alterColumn',
          schema: 'login',
          table: 'people',
          column: 'nick',
          changes: { newName: 'name' },
          existing: { name: 'nick', type: 'text', notNull: false },
        },
        { kind: 'dropColumn', schema: 'login', table: 'people', column: 'name' },
        { kind: 'dropColumn', schema: 'login', table: 'people', column: 'age' },
        { kind: 'renameTable', name: 'a', newName: 'aside' },
        { kind: 'renameTable', name: 'b', newName: 'a' },
        { kind: 'renameTable', name: 'aside', newName: 'b' },
        { kind: 'dropTable', name: 'b' },
        {
          kind: 'renameObject',
          object: { kind: 'enum', schema: 'login', name: 'status', values: [] },
          newName: 'state',
        },
        {
          kind: 'replaceEnumValues',
          schema: 'login',
          name: 'state',
          values: [],
          existing: ['open'],
          columns: [],
        },
      ]).map(({ what }) => what),
    ).toEqual(['auth.users.nick', 'auth.users.age', 'a', 'auth.status.open'])
  })

  test('takes an unknown type to lose something, unless it becomes text', () => {
    const unknown = (type: string): Operation => ({
      kind: 'alterColumn',
      table: 't',
      column: 'c',
      changes: { type },
    })
    expect(destroys([unknown('integer')])).toMatchObject([{ what: 't.c', detail: 'to integer' }])
    expect(destroys([unknown('text')])).toEqual([])
  })

  test('finds nothing in what keeps every value', () => {
    expect(
      destroys([
        table('a'),
        { kind: 'renameTable', name: 'users', newName: 'people' },
        alter({ type: 'text', notNull: true, default: null, newName: 'n' }, 'varchar(10)'),
        alter({ type: 'text', using: '"nick"::text' }, 'public.mood'),
        alter({ generated: null }, 'text', { generated: { expression: 'a', stored: true } }),
        alter({ type: 'integer' }, 'text', { generated: { expression: 'a', stored: true } }),
        { kind: 'detachPartition', table: 'p', partition: { name: 'p1' } },
        { kind: 'dropIndex', name: 'ix' },
        { kind: 'dropMaterializedView', object: { name: 'm' }, cascade: true },
        { kind: 'dropEnum', object: { name: 'mood' } },
        {
          kind: 'dropColumn',
          table: 'users',
          column: 'full',
          existing: {
            name: 'full',
            type: 'text',
            notNull: false,
            generated: { expression: 'a', stored: true },
          },
        },
      ]),
    ).toEqual([])
  })

  test('forgives what the list itself created', () => {
    expect(
      destroys([
        table('fresh'),
        { kind: 'renameTable', name: 'fresh', newName: 'new' },
        { kind: 'dropColumn', table: 'new', column: 'a' },
        { kind: 'dropTable', name: 'new' },
        {
          kind: 'addColumn',
          table: 'users',
          column: { name: 'tmp', type: 'text', notNull: false },
        },
        { kind: 'alterColumn', table: 'users', column: 'tmp', changes: { newName: 'tmp2' } },
        dropColumn('tmp2'),
        dropColumn('old'),
      ]),
    ).toEqual([{ kind: 'column', what: 'users.old', detail: 'dropped' }])
  })

  test('warns of CASCADE where it may take columns or tables', () => {
    expect(
      destroys([
        { kind: 'dropSchema', object: { name: 'auth' }, cascade: true },
        { kind: 'dropEnum', object: { name: 'mood' }, cascade: true },
      ]),
    ).toMatchObject([
      { kind: 'dependents', what: 'auth' },
      { kind: 'dependents', what: 'mood' },
    ])
  })
})

describe('a type', () => {
  test.each([
    ['varchar(100)', 'varchar(320)'],
    ['varchar(100)', 'varchar'],
    ['varchar(100)', 'text'],
    ['char(3)', 'varchar(3)'],
    ['char', 'char(2)'],
    ['smallint', 'integer'],
    ['serial', 'bigint'],
    ['integer', 'serial'],
    ['integer', 'numeric(10)'],
    ['bigint', 'numeric'],
    ['integer', 'double precision'],
    ['real', 'double precision'],
    ['numeric(10,2)', 'numeric(12,2)'],
    ['numeric(10,2)', 'numeric(13,4)'],
    ['numeric(9,0)', 'integer'],
    ['date', 'timestamp'],
    ['timestamptz(3)', 'timestamptz'],
    ['varbit(3)', 'varbit(5)'],
    ['bit(3)', 'varbit'],
    ['public.status', 'text'],
    ['integer[]', 'bigint[]'],
    ['integer[]', 'text'],
  ])('%s keeps all in %s', (from, to) => {
    expect(narrows(from, to)).toBe(false)
  })

  test.each([
    ['varchar(320)', 'varchar(100)'],
    ['text', 'varchar(100)'],
    ['varchar(3)', 'char(3)'],
    ['text', 'integer'],
    ['bigint', 'integer'],
    ['bigint', 'double precision'],
    ['integer', 'numeric(9)'],
    ['integer', 'numeric(12,4)'],
    ['numeric', 'numeric(10,2)'],
    ['numeric(10,2)', 'numeric(10,3)'],
    ['numeric(10,0)', 'integer'],
    ['numeric(10,2)', 'integer'],
    ['double precision', 'real'],
    ['timestamp', 'date'],
    ['timestamptz', 'timestamp'],
    ['timestamptz', 'timestamptz(0)'],
    ['varbit(5)', 'varbit(3)'],
    ['jsonb', 'public.thing'],
    ['text', 'public.status'],
    ['integer', 'integer[]'],
    ['bigint[]', 'integer[]'],
  ])('%s may lose something in %s', (from, to) => {
    expect(narrows(from, to)).toBe(true)
  })
})
