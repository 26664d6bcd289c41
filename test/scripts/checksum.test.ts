import { expect, test } from 'vitest'
import { checksumOf } from '../../src/scripts/checksum.ts'

const script = `/**
 * create users
 */
import { sql, varchar, type Op } from 'limbeck'

export const revision = '32cceb7bc6db'
const limit: number = 1.5 / 2
const pattern = /['"\`/]+/g

export function upgrade(op: Op): void {
  // why
  op.createTable('users', { email: varchar(255), 'name': varchar(50) })
  op.execute(sql\`select '\${sql\`a \${{ b: "}" }.b}\`}' /* sql */ -- text\`)
  if (pattern.test("it's")) op.renameTable('a', 'b')
}
`

const of = (text: string, path = '/x.ts') => checksumOf(path, text)

test('a checksum is v1 and a SHA-256', async () => {
  expect(await of(script)).toMatch(/^v1:[0-9a-f]{64}$/)
})

test.each<[string, string, string]>([
  ['a comment', '// why', '// another reason'],
  ['the docstring', 'create users', 'make users'],
  ['a type', 'limit: number', 'limit: bigint | number'],
  ['an annotation', '(op: Op): void', '(op: Op)'],
  ['a cast', `'32cceb7bc6db'`, `'32cceb7bc6db' as const`],
  ['a type import', ', type Op', ', type Op, type Table'],
  ['quotes', `'users'`, `"users"`],
  ['quotes around what has quotes', `"it's"`, `'it\\'s'`],
  ['quotes of a property', `'name':`, 'name:'],
  ['white space', '{ email', '{\n    email'],
  ['line breaks and a trailing comma', `varchar(50) })`, `varchar(50),\n  },\n)`],
  ['semicolons', `('a', 'b')`, `('a', 'b');`],
  ['a line break before a method', `op.execute(`, `op\n    .execute(`],
])('changing %s keeps the checksum', async (_, part, other) => {
  expect(script).toContain(part)
  expect(await of(script.replace(part, other))).toBe(await of(script))
})

test.each<[string, string, string]>([
  ['a string', `'users'`, `'user'`],
  ['a number', '255', '256'],
  ['a number by a point', '1.5', '15'],
  ['white space in SQL', 'select ', 'select  '],
  ['a comment in SQL', '/* sql */', '/* SQL */'],
  ['what stands in a hole', 'b: "}"', 'b: "{"'],
  ['a regular expression', '/]+/g', '/]+/i'],
  ['an import', 'sql, varchar', 'sql, varchar as v'],
  ['a string that becomes a name', `varchar(255)`, `varchar(a)`],
  ['an operator', '1.5 / 2', '1.5 * 2'],
  ['an argument', `op.renameTable('a', 'b')`, `op.renameTable('b', 'a')`],
  ['a call commented out', `op.renameTable('a', 'b')`, `{} // op.renameTable('a', 'b')`],
])('changing %s changes the checksum', async (_, part, other) => {
  expect(script).toContain(part)
  expect(await of(script.replace(part, other))).not.toBe(await of(script))
})

test('JavaScript and TypeScript that say the same have the same checksum', async () => {
  const javascript = script
    .replace(', type Op', '')
    .replace(': number', '')
    .replace('(op: Op): void', '(op)')
  expect(await of(javascript, '/x.js')).toBe(await of(script))
})
