import fc from 'fast-check'
import { expect, test } from 'vitest'
import { integer, type Op, sql, table, text, trigger, unique } from '../../../src/index.ts'
import { record } from '../../../src/operations/op.ts'
import type { Operation, TableOperation } from '../../../src/operations/operation.ts'
import { renderOperations } from '../../../src/scripts/render/render.ts'
import { anyOperation } from './arbitraries/operations.ts'
import { recordRendered } from './evaluate.ts'
import { normalise } from './normalise.ts'

const script = (op: Op) =>
  op.batchAlterTable(
    'users',
    {
      existing: table('users', { id: integer().primaryKey(), age: integer(), nick: text() }, t => [
        unique('users_nick').on(t.nick),
      ]),
      triggers: [
        trigger('touch', 'users', { timing: 'after', events: ['insert'], execute: 'f()' }),
      ],
      rebuild: 'always',
      columnOrder: ['id', 'motto', 'years'],
    },
    batch => {
      batch.addColumn(
        { motto: text().notNull().check(sql`length(motto) < 100`, 'short') },
        { after: 'id' },
      )
      batch.alterColumn('age', { newName: 'years', nullable: false, existing: integer() })
      batch.dropConstraint('users_nick', { existing: unique('users_nick').on('nick') })
      batch.dropColumn('nick', { existing: text() })
      batch.createIndex('ix_motto', ['motto'])
      batch.createCheckConstraint('grown', 'years > 17')
    },
  )

test('changes of one table are written as calls of batch', () => {
  const { body } = renderOperations(record(script), { defaultSchema: 'public' })
  expect(body).toBe(`\
  op.batchAlterTable('users', {
    rebuild: 'always',
    columnOrder: ['id', 'motto', 'years'],
    existing: table('users', {
      id: integer().primaryKey(),
      age: integer(),
      nick: text().unique('users_nick'),
    }),
    triggers: [
      trigger('touch', 'users', {
        timing: 'after',
        events: ['insert'],
        forEach: 'statement',
        execute: 'f()',
      }),
    ],
  }, batch => {
    batch.addColumn({ motto: text().notNull().check(sql\`length(motto) < 100\`, 'short') }, {
      after: 'id',
    })
    batch.alterColumn('age', { newName: 'years', nullable: false, existing: integer() })
    batch.dropConstraint('users_nick', {
      type: 'unique',
      existing: unique('users_nick').on('nick'),
    })
    batch.dropColumn('nick', { existing: text() })
    batch.createIndex('ix_motto', ['motto'])
    batch.createCheckConstraint('grown', sql\`years > 17\`)
  })`)
  expect(normalise(recordRendered(record(script)))).toEqual(normalise(record(script)))
})

const kinds =
  'alterTable dropColumn alterColumn createConstraint dropConstraint createIndex dropIndex'

/** The same change of another table. */
function onTable(change: Operation, table: string, schema: string | undefined): TableOperation {
  const place = { schema, table }
  const {
    autocommit: _,
    timeouts: __,
    ...own
  } = change as never as Record<string, object | undefined>
  return {
    ...own,
    ...(own.constraint === undefined && own.index === undefined ? place : {}),
    ...(own.constraint && { constraint: { ...own.constraint, ...place } }),
    ...(own.index && { index: { ...own.index, ...place } }),
    ...('constraint' in own || 'index' in own || !isPart(own) ? {} : { existing: undefined }),
    ...(isPart(own) && own.existing && { existing: { ...own.existing, ...place } }),
  } as never
}

const isPart = ({ kind }: Record<string, unknown>) =>
  kind === 'dropConstraint' || kind === 'dropIndex'

test('what is rendered records the same changes', () => {
  const change = anyOperation.filter(
    operation =>
      kinds.split(' ').includes(operation.kind) &&
      !('ifNotExists' in operation && operation.ifNotExists),
  )
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(undefined, 'auth'),
      (changes, schema) => {
        const together = {
          kind: 'alterTableTogether' as const,
          schema,
          table: 'People',
          changes: changes.map(one => onTable(one, 'People', schema)),
        }
        expect(normalise(recordRendered([together]))).toEqual(normalise([together]))
      },
    ),
    { numRuns: 400 },
  )
})

test('what a column cannot say of its constraint follows it', () => {
  const constraint = {
    kind: 'constraint',
    type: 'unique',
    table: 't',
    name: 'u',
    columns: ['a'],
    nullsNotDistinct: true,
  } as const
  const column = { name: 'a', type: 'integer', notNull: false }
  const { body } = renderOperations(
    [
      {
        kind: 'alterTableTogether',
        table: 't',
        changes: [{ kind: 'addColumn', table: 't', column, constraints: [constraint] }],
      },
    ],
    { defaultSchema: 'public' },
  )
  expect(body).toBe(`\
  op.batchAlterTable('t', {}, batch => {
    batch.addColumn({ a: integer() })
    batch.createUniqueConstraint('u', ['a'], { nullsNotDistinct: true })
  })`)
})
