import { describe, expect, test } from 'vitest'
import {
  bigint,
  integer,
  jsonb,
  type LimbeckError,
  type Op,
  reversed,
  sql,
  table,
  text,
} from '../../src/index.ts'
import { destroys } from '../../src/operations/loss.ts'
import { record } from '../../src/operations/op.ts'
import { reverse } from '../../src/operations/reverse.ts'

const people = table(
  'people',
  {
    id: bigint().identity({ always: true }),
    name: text().notNull().named('full_name'),
    tags: text().array(),
    size: integer().generatedAs(sql`1`),
  },
  { schema: 'app' },
)

const recorded = (script: (op: Op) => void) => record(script)[0]

function failure(script: (op: Op) => void): LimbeckError {
  try {
    record(script)
  } catch (error) {
    return error as LimbeckError
  }
  throw new Error('it was recorded')
}

describe('rows that are inserted', () => {
  test('are recorded as they are given, without what has no value', () => {
    const rows = [{ id: 1, name: 'a', nick: undefined }, { id: 2n, at: sql`now()` }, {}]
    expect(recorded(op => op.bulkInsert('people', rows, { schema: 'app' }))).toEqual({
      kind: 'bulkInsert',
      schema: 'app',
      table: 'people',
      rows: [{ id: 1, name: 'a' }, { id: 2n, at: { sql: 'now()' } }, {}],
    })
  })

  test('bring the types of their columns along, where these are declared', () => {
    const columns = {
      tags: { type: 'text[]' },
      id: { type: 'bigint', isAlways: true },
      full_name: { type: 'text' },
    }
    const rows = [{ tags: ['a'], id: 1, full_name: 'a' }]
    expect(recorded(op => op.bulkInsert(people, rows as never, { key: 'id' }))).toEqual({
      kind: 'bulkInsert',
      schema: 'app',
      table: 'people',
      rows,
      columns,
      key: ['id'],
    })
    expect(
      recorded(op => op.bulkInsert('people', [{ a: [1] }], { columns: { a: jsonb(), b: text() } })),
    ).toMatchObject({ columns: { a: { type: 'jsonb' } } })
  })

  test.each<[string, (op: Op) => void, string, string | undefined]>([
    [
      'no list',
      op => op.bulkInsert('people', { id: 1 } as never),
      'op.bulkInsert of people: its rows are an object, not a list.',
      'Write [{ id: 1, … }, …].',
    ],
    [
      'a row that is a list',
      op => op.bulkInsert('people', [{ id: 1 }, [2]] as never),
      'op.bulkInsert of people, row 2: it is a list, not a plain object.',
      undefined,
    ],
    [
      'a row that is an instance',
      op => op.bulkInsert('people', [new Date(0)] as never),
      'op.bulkInsert of people, row 1: it is a Date, not a plain object.',
      undefined,
    ],
    [
      'no table',
      op => op.bulkInsert(undefined as never, []),
      'op.bulkInsert: the table is missing, neither a name nor a table(…).',
      undefined,
    ],
    [
      'a column that is not declared',
      op => op.bulkInsert(people, [{ fullname: 'a' }] as never),
      'op.bulkInsert of people, row 1: it gives fullname, which is no column of the table.',
      'Did you mean full_name?',
    ],
    [
      'a generated column',
      op => op.bulkInsert(people, [{ full_name: 'a', size: 1 }] as never),
      'op.bulkInsert of people, row 1: it gives size, which is a generated column.',
      'Leave it out.',
    ],
    [
      'a list of which nothing is known',
      op => op.bulkInsert('people', [{ tags: ['a'] }]),
      'op.bulkInsert of people, row 1, tags: the value is a list, and nothing says whether that is an array or JSON.',
      'Say the type of the column: { columns: { tags: text().array() } }, or jsonb(); or give the table(…) instead of its name.',
    ],
    [
      'an instance of which nothing is known',
      op => op.bulkInsert('people', [{ price: new (class Decimal {})() }]),
      'op.bulkInsert of people, row 1, price: the value is an instance of Decimal.',
      'Give it as a text, or as plain data.',
    ],
    [
      'a function',
      op => op.bulkInsert('people', [{ id: () => 1 }]),
      'op.bulkInsert of people, row 1, id: the value is a function.',
      undefined,
    ],
    [
      'a row without its key',
      op => op.bulkInsert('people', [{ id: 1 }, { name: 'a' }], { key: 'id' }),
      'op.bulkInsert of people, row 2: its key id is missing.',
      'Each row has to give a value for each column of the key.',
    ],
    [
      'a key that is SQL',
      op => op.bulkDelete('people', [{ id: sql`1` }], { key: 'id' }),
      'op.bulkDelete of people, row 1: its key id is SQL.',
      'Each row has to give a value for each column of the key.',
    ],
    [
      'rows to delete that nothing names',
      op => op.bulkDelete('people', [{ id: 1 }], {} as never),
      'op.bulkDelete: its option key is missing.',
      'Its options are schema, key, columns.',
    ],
  ])('are refused: %s', (_, script, message, hint) => {
    expect(failure(script)).toMatchObject({ code: 'DECLARATION_INVALID', message, hint })
  })
})

describe('what undoes inserted rows', () => {
  test('deletes them by their key, and knows them', () => {
    const upgrade = (op: Op) => op.bulkInsert('t', [{ a: 1, b: 'x' }], { key: ['a'] })
    const rows = { table: 't', rows: [{ a: 1, b: 'x' }], key: ['a'] }
    expect(record(reversed(upgrade))).toEqual([{ kind: 'bulkDelete', ...rows }])
    expect(record(reversed(reversed(upgrade)))).toEqual([{ kind: 'bulkInsert', ...rows }])
  })

  test('is not known without a key', () => {
    const [inserted] = record(op => op.bulkInsert('t', [{ a: 1 }, { a: 2 }]))
    expect(() => reverse(inserted!)).toThrow(
      expect.objectContaining({
        code: 'IRREVERSIBLE',
        message: expect.stringContaining(
          'bulkInsert (+ 2 rows in t) cannot be reversed: it has no `key`.',
        ),
        hint: expect.stringContaining('Give `key`'),
      }),
    )
  })
})

test('rows that are deleted are lost, but for those of a table that is new', () => {
  const script = (op: Op) => {
    op.createTable('fresh', { a: integer() })
    op.bulkDelete('fresh', [{ a: 1 }], { key: 'a' })
    op.bulkDelete('old', [{ a: 1 }, { a: 2 }], { key: 'a' })
  }
  expect(destroys(record(script))).toEqual([
    { kind: 'rows', what: 'old', detail: '2 rows are deleted' },
  ])
})
