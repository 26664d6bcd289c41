import { expect, test } from 'vitest'
import { integer, type Op, sequence } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'

const cases: readonly [string, (op: Op) => void, string][] = [
  [
    'a builder alone in the place of columns',
    op => op.addColumn('t', integer() as never),
    'op.addColumn: its argument columns is an object, not columns.',
  ],
  [
    'a list in the place of columns',
    op => op.createTable('t', [integer()] as never),
    'op.createTable: its argument columns is a list, not columns.',
  ],
  [
    'elements of a table without a function',
    op => op.createTable('t', { id: integer() }, [integer()] as never, { schema: 'a' }),
    'op.createTable: what follows its columns is a list.',
  ],
  [
    'one key of an index without a list',
    op => op.createIndex('i', 't', 'a' as never),
    'op.createIndex: its argument keys is a text, not a list of keys.',
  ],
  [
    'one column of a key without a list',
    op => op.createUniqueConstraint('u', 't', 'a' as never),
    'op.createUniqueConstraint: its argument columns is a text, not a list of columns.',
  ],
  [
    'the columns of a key left out',
    op => op.createPrimaryKey('p', 't', undefined as never),
    'op.createPrimaryKey: its argument columns is missing; it takes a list of columns.',
  ],
  [
    'one column of a foreign key without a list',
    op => op.createForeignKey('f', 't', 'u', 'a' as never, 'id' as never),
    'op.createForeignKey: its argument columns is a text, not a list of columns.',
  ],
  [
    'the values of an enum without a list',
    op => op.createEnum('e', 'a' as never),
    'op.createEnum: its argument values is a text, not a list of texts.',
  ],
  [
    'a word where a column may be null or not',
    op => op.alterColumn('t', 'c', { nullable: 'no' as never }),
    'op.alterColumn: its option nullable is a text, not true or false.',
  ],
  [
    'a partition without its bounds',
    op => op.attachPartition('t', 'p', {} as never),
    'op.attachPartition: its option bounds is missing.',
  ],
  [
    'a function without its language',
    op => op.createFunction('f', { body: 'SELECT 1' } as never),
    'op.createFunction: its option language is missing.',
  ],
  [
    'a trigger without its events',
    op => op.createTrigger('t', 'u', { timing: 'before', execute: 'f()' } as never),
    'op.createTrigger: its option events is missing.',
  ],
  [
    'an aggregate without what it does',
    op => op.createAggregate('a', { arguments: 'integer' } as never),
    'op.createAggregate: its option options is missing.',
  ],
  [
    'a new value before one and after another',
    op => op.addEnumValue('e', 'x', { before: 'a', after: 'b' }),
    'op.addEnumValue of e: before and after are both given.',
  ],
]

test.each(cases)('%s is an error that says so', (_, script, message) => {
  expect(() => record(script)).toThrow(
    expect.objectContaining({ code: 'DECLARATION_INVALID', message, hint: expect.any(String) }),
  )
})

test('a sequence that is altered may be described as a whole', () => {
  const before = sequence('s', { start: 5n, cache: 3n })
  const [altered] = record(op =>
    op.alterSequence('s', { cache: 9n, increment: 2n, existing: before }),
  )
  expect(altered).toMatchObject({ existing: { cache: 3n, increment: null } })
})
