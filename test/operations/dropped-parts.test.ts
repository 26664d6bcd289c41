import { expect, test } from 'vitest'
import { integer } from '../../src/declarations/column-types.ts'
import { droppedParts } from '../../src/operations/dropped-parts.ts'
import { type Op, record } from '../../src/operations/op.ts'

/** The parts in a word each: `auth.users`, `users.nick`. */
function dropped(upgrade: (op: Op) => void): string[] {
  return droppedParts(record(upgrade)).map(({ table, column }) =>
    [table.schema, table.name, column].filter(Boolean).join('.'),
  )
}

test('are tables, and columns of tables that stay', () => {
  expect(
    dropped(op => {
      op.dropColumn('users', 'nick')
      op.dropColumn('orders', 'total')
      op.dropTable('orders')
      op.dropTable('tokens', { schema: 'auth' })
      op.dropIndex('ix', { table: 'users' })
    }),
  ).toEqual(['users.nick', 'orders', 'auth.tokens'])
})

test('are not what the same operations have made', () => {
  expect(
    dropped(op => {
      op.createTable('copy', { id: integer() })
      op.renameTable('copy', 'users_copy')
      op.addColumn('users', { nick: integer() })
      op.dropColumn('users', 'nick')
      op.dropTable('users_copy')
    }),
  ).toEqual([])
})

test('have the names that they have before', () => {
  expect(
    dropped(op => {
      op.renameTable('users', 'people')
      op.renameTable('people', 'persons', { schema: 'public' })
      op.createTable('users', { id: integer() })
      op.dropTable('persons')
    }),
  ).toEqual(['users'])
  expect(
    dropped(op => {
      op.alterColumn('users', 'nick', { newName: 'alias' })
      op.addColumn('users', { nick: integer() })
      op.alterColumn('users', 'alias', { newName: 'handle' })
      op.dropColumn('users', 'handle')
      op.dropColumn('users', 'nick')
    }),
  ).toEqual(['users.nick'])
})

test('are also those of changes that are made together', () => {
  expect(
    dropped(op =>
      op.batchAlterTable('users', {}, batch => {
        batch.dropColumn('nick')
      }),
    ),
  ).toEqual(['users.nick'])
})
