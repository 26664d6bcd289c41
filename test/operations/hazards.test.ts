import { expect, test } from 'vitest'
import { hazards } from '../../src/operations/hazards.ts'
import type { AlterColumn, Operation } from '../../src/operations/operation.ts'
import type { Column } from '../../src/schema/index.ts'

const add = (column: Partial<Column>, table = 'users'): Operation => ({
  kind: 'addColumn',
  schema: 'public',
  table,
  column: { name: 'nick', type: 'text', notNull: true, ...column },
})

const alter = (changes: AlterColumn['changes'], existing: Partial<Column> = {}): Operation => ({
  kind: 'alterColumn',
  schema: 'public',
  table: 'users',
  column: 'nick',
  changes,
  existing: { name: 'nick', type: 'varchar(320)', notNull: false, ...existing },
})

const found = (...operations: readonly Operation[]) => hazards(operations, 'public')

test('a column that is NOT NULL and has no value for rows that are there is told of', () => {
  expect(found(add({}))).toEqual([
    'users.nick is NOT NULL and has no default, which stops the upgrade where users has rows: give it a default, or add it nullable, fill it with op.backfill and set NOT NULL then',
  ])
})

test('one with a value of its own, or on a table without rows, is not', () => {
  const table: Operation = {
    kind: 'createTable',
    table: { kind: 'table', schema: 'public', name: 'fresh', columns: [] },
    constraints: [],
  }
  expect(
    found(
      add({ notNull: false }),
      add({ default: { value: 'x' } }),
      add({ type: 'serial' }),
      add({ identity: { always: true } }),
      add({ generated: { expression: '1', stored: true } }),
      table,
      add({}, 'fresh'),
    ),
  ).toEqual([])
})

test('a column that becomes NOT NULL, or holds less, may stop the upgrade', () => {
  expect(
    found(
      alter({ notNull: true }),
      alter({ type: 'varchar(50)' }),
      alter({ type: 'smallint' }, { type: 'integer' }),
      alter({ type: 'integer' }),
    ),
  ).toEqual([
    'users.nick becomes NOT NULL: a row in which it is NULL stops the upgrade; fill it before, with op.backfill',
    'a value of users.nick that is too long for varchar(50) stops the upgrade',
    'a value of users.nick that is out of the range of smallint stops the upgrade',
    'users.nick becomes integer by way of its text: a value whose text is no integer stops the upgrade; `using` in op.alterColumn may say something else',
  ])
})

test('a change that every value survives is not told of, nor one that says how it is made', () => {
  expect(
    found(
      alter({ type: 'text' }),
      alter({ type: 'timestamp' }, { type: 'timestamptz' }),
      alter({ type: 'integer', using: 'length(nick)' }),
      alter({ notNull: false }, { notNull: true }),
      add({ name: 'fresh', notNull: false }),
      { ...alter({ notNull: true }), column: 'fresh' } as Operation,
    ),
  ).toEqual([])
})

test('enum values that go are told of while nothing says what becomes of them', () => {
  const replace: Operation = {
    kind: 'replaceEnumValues',
    schema: 'public',
    name: 'status',
    values: ['new'],
    existing: ['new', 'sent', 'lost'],
    columns: [{ schema: 'public', table: 'orders', column: 'status' }],
    mapping: { sent: 'new' },
  }
  expect(found(replace)).toEqual([
    "a row that has 'lost' of enum status stops the upgrade: say in `mapping` of op.replaceEnumValues, or with `--map status.lost=…`, what becomes of it",
  ])
  expect(found({ ...replace, mapping: { sent: 'new', lost: 'new' } })).toEqual([])
  expect(found({ ...replace, columns: [] })).toEqual([])
})
