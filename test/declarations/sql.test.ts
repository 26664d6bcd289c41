import { expect, test } from 'vitest'
import { sql } from '../../src/declarations/sql.ts'

test('the text of a template is the SQL', () => {
  expect(sql`now()`).toEqual({ sql: 'now()' })
})

test('pieces of SQL become part of the text', () => {
  const condition = sql`a > 0`
  expect(sql`CASE WHEN ${condition} THEN ${sql`1`} END`).toEqual({
    sql: 'CASE WHEN a > 0 THEN 1 END',
  })
})

test.each([
  ['a text', 'x'],
  ['a number', 1],
  ['null', null],
  ['an object', { a: 1 }],
])('refuses %s in a template, since nothing would quote it', (_, value) => {
  expect(() => sql`a = ${value as never}`).toThrow('only other sql fragments can')
})

test('a doubled backslash is one', () => {
  expect(sql`x ~ '^\\d+$'`).toEqual({ sql: "x ~ '^\\d+$'" })
})

test('a backslash that JavaScript would drop is an error, not another pattern', () => {
  expect(() => sql`x ~ '^\d+$'`).toThrow(
    expect.objectContaining({
      code: 'DECLARATION_INVALID',
      message: expect.stringContaining('lose the backslash of \\d'),
      hint: 'Write two backslashes for one.',
    }),
  )
})

test('escapes that stay what they mean are fine', () => {
  expect(sql`\`a\` \${b} \n`).toEqual({ sql: '`a` ${b} \n' })
})

test('an escape without meaning is an error', () => {
  expect(() => sql`\u{zz}`).toThrow('lose the backslash')
})
