import { expect, test } from 'vitest'
import { readHeader } from '../../src/scripts/header.ts'
import { scanRevision } from '../../src/scripts/scan.ts'

const written = `/**
 * create users
 *
 * Revision ID: 32cceb7bc6db
 */
import { boolean, type Op } from 'limbeck'

export const revision = '32cceb7bc6db'
export const downRevision: string | null = 'abc'
export const branchLabels = ['auth', "users"]
export const dependsOn = null

export function upgrade(op: Op) {}

export function downgrade(op: Op) {}
`

test('the header that limbeck writes is read at once, and the lexer reads the same', async () => {
  const header = readHeader(written)
  expect(header).toMatchObject({ id: '32cceb7bc6db', branchLabels: ['auth', 'users'] })
  const unusual = written.replace(
    'export function upgrade',
    'const x = 1\n\nexport function upgrade',
  )
  expect(readHeader(unusual)).toBeUndefined()
  expect(await scanRevision('/x.ts', unusual)).toEqual({ ...header, path: '/x.ts' })
})

test.each([
  ['code after the docstring', [' */\n', ' */\nf() /* */\n']],
  ['code between the constants', ['export const dependsOn', 'f()\nexport const dependsOn']],
  ['an expression', ["'abc'", "'abc' + x"]],
  ['an expression that goes on', ['= null', '= null\n  ?? x']],
  ['an escape', ["'abc'", "'a\\u0041'"]],
  ['a template', ["'abc'", '`abc`']],
  ['no downgrade', ['function downgrade', 'function other']],
  ['an empty id', ["revision = '32cceb7bc6db'", "revision = ''"]],
])('a header with %s is left to the lexer', (_, [part, other]) => {
  expect(written).toContain(part)
  expect(readHeader(written.replace(part!, other!))).toBeUndefined()
})
