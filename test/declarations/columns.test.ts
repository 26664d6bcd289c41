import { expect, test } from 'vitest'
import type { ColumnRecord } from '../../src/index.ts'
import * as limbeck from '../../src/index.ts'

const { bigint, char, enumType, integer, interval, numeric, serial, sql, table, text, type } =
  limbeck
const { domain, timestamptz, varchar, bit } = limbeck

/** The column that a builder comes to in a table. */
const columnOf = (column: ColumnRecord[string]) => table('t', { x: column }).parts.table.columns[0]

const typeOf = (column: ColumnRecord[string]) => columnOf(column)?.type

test.each([
  [varchar(255), 'varchar(255)'],
  [varchar(), 'varchar'],
  [char(3), 'char(3)'],
  [numeric(10, 2), 'numeric(10,2)'],
  [numeric(5), 'numeric(5)'],
  [timestamptz(3), 'timestamptz(3)'],
  [limbeck.timestamp(), 'timestamp'],
  [limbeck.doublePrecision(), 'double precision'],
  [interval(3), 'interval(3)'],
  [interval('day to second(3)'), 'interval day to second(3)'],
  [bit(3), 'bit(3)'],
  [limbeck.varbit(5), 'varbit(5)'],
  [limbeck.pgLsn(), 'pg_lsn'],
  [text().array(), 'text[]'],
  [varchar(5).array(2), 'varchar(5)[][]'],
  [type('public.geometry(Point,4326)'), 'public.geometry(Point,4326)'],
  [enumType('status', ['a']), 'status'],
  [enumType('status', ['a'], { schema: 'auth' }), 'auth.status'],
  [enumType('Status', ['a'], { schema: 'auth' }), 'auth."Status"'],
  [enumType('order', ['a']), '"order"'],
  [enumType('status', ['a']).array(), 'status[]'],
  [domain('email', text(), { schema: 'auth' }), 'auth.email'],
])('the type of case %# is %s', (column, expected) => {
  expect(typeOf(column)).toBe(expected)
})

test('a call gives a new builder and leaves the old one', () => {
  const plain = text()
  plain.notNull().default('x').comment('y')
  expect(columnOf(plain)).toEqual({ name: 'x', type: 'text', notNull: false })
})

test('a primary key, an identity and a serial are never null', () => {
  expect(columnOf(integer().primaryKey())?.notNull).toBe(true)
  expect(columnOf(integer().identity())?.notNull).toBe(true)
  expect(columnOf(serial())?.notNull).toBe(true)
})

test('a default is a literal or SQL', () => {
  expect(columnOf(text().default('x'))?.default).toEqual({ value: 'x' })
  expect(columnOf(text().default(sql`now()`))?.default).toEqual({ sql: 'now()' })
  expect(columnOf(text().default(null))?.default).toEqual({ value: null })
})

test('options of an identity are whole numbers of any size', () => {
  expect(
    columnOf(bigint().identity({ always: true, start: 5, maxValue: 2n ** 62n }))?.identity,
  ).toEqual({
    always: true,
    start: 5n,
    maxValue: 2n ** 62n,
  })
})

test('a generated column is stored unless told otherwise', () => {
  const expression = sql`a + b`
  expect(columnOf(integer().generatedAs(expression))?.generated).toEqual({
    expression: 'a + b',
    stored: true,
  })
  expect(columnOf(integer().generatedAs(expression, { stored: false }))?.generated?.stored).toBe(
    false,
  )
})

test('the key is the name unless another is given', () => {
  const { columns } = table('t', { createdAt: text().named('created_at'), id: text() }).parts.table
  expect(columns.map(({ name }) => name)).toEqual(['created_at', 'id'])
})

test('a reference of two parts is table.column', () => {
  const { constraints } = table('t', {
    user_id: integer().references('users.id', { onDelete: 'cascade', name: 'fk' }),
  }).parts
  expect(constraints).toEqual([
    {
      kind: 'constraint',
      type: 'foreignKey',
      table: 't',
      name: 'fk',
      columns: ['user_id'],
      references: { table: 'users', columns: ['id'] },
      onDelete: 'cascade',
    },
  ])
})

test('a reference may name its parts, which may hold dots', () => {
  const to = { schema: 'auth', table: 'a.b', column: 'c.d' }
  expect(table('t', { x: integer().references(to) }).parts.constraints).toMatchObject([
    { references: { schema: 'auth', table: 'a.b', columns: ['c.d'] } },
  ])
})

test.each([
  ['auth.users.id', "Write references({ schema: 'auth', table: 'users', column: 'id' })."],
  ['users', "Write references({ schema: '…', table: 'users', column: '…' })."],
])('a reference to %s is refused with the form to write', (to, hint) => {
  expect(() => table('t', { x: integer().references(to) })).toThrow(
    expect.objectContaining({
      code: 'DECLARATION_INVALID',
      message: expect.stringMatching(/^t\.x: references\(/),
      facts: { place: 't.x' },
      hint,
    }),
  )
})

test.each([
  ['a text', 'integer'],
  ['a builder that was not called', integer],
  ['nothing', undefined],
  ['null', null],
])('%s is no column, and the error names the place', (_, value) => {
  expect(() => table('users', { id: value as never })).toThrow(
    /^table users: its argument columns\.id is .*[^.] a column builder/,
  )
})

test.each([
  ['a Date', new Date()],
  ['NaN', Number.NaN],
  ['a list', []],
  ['an object', {}],
])('%s is no default, and the error names the column', (_, value) => {
  expect(() => table('users', { at: timestamptz().default(value as never) })).toThrow(
    /^users\.at: the default is /,
  )
})
