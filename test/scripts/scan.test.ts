import { describe, expect, test } from 'vitest'
import { scanRevision as scan } from '../../src/scripts/scan.ts'

const tail = `
export function upgrade(op) {}
export function downgrade(op) {}
`

const file = (head: string) => scan('/versions/x.ts', `${head}\n${tail}`)

const withDown = (value: string) =>
  file(`export const revision = 'r'\nexport const downRevision${value}`)

describe('a revision file', () => {
  test('is read without running it', async () => {
    const revision = await scan(
      '/versions/32cceb7bc6db_create_users.ts',
      `/**
 * create users
 * and their index
 *
 * Revision ID: 32cceb7bc6db
 * Revises: <base>
 * Create Date: 2026-11-20 09:41:00+00:00
 * Downgrade: exact
 */
import { boolean, type Op } from 'limbeck'

export const revision = '32cceb7bc6db'
export const downRevision = ['a1', 'b2']
export const branchLabels = null
export const dependsOn = 'billing'

throw new Error('this must not run')

export function upgrade(op: Op) { op.createTable('t', { a: boolean() }) }
export const downgrade = (op: Op) => { op.dropTable('t') }
`,
    )
    expect(revision).toEqual({
      id: '32cceb7bc6db',
      downRevisions: ['a1', 'b2'],
      branchLabels: [],
      dependsOn: ['billing'],
      message: 'create users\nand their index',
      doc: [
        'create users',
        'and their index',
        '',
        'Revision ID: 32cceb7bc6db',
        'Revises: <base>',
        'Create Date: 2026-11-20 09:41:00+00:00',
        'Downgrade: exact',
      ].join('\n'),
      createdAt: '2026-11-20 09:41:00+00:00',
      path: '/versions/32cceb7bc6db_create_users.ts',
    })
  })

  test.each([
    [` = 'abc'`, ['abc']],
    [` = "it's"`, ["it's"]],
    [' = `abc`', ['abc']],
    [` = 'a\\'b\\u0041\\x42\\u{43}\\n'`, ["a'bABC\n"]],
    [` = null`, []],
    [` = []`, []],
    [` = [ 'a', /* one */ "b", // two\n \`c\`, ]`, ['a', 'b', 'c']],
    [`: string = 'abc';`, ['abc']],
    [`: string | null = null;`, []],
    [`: readonly string[] = ['a']`, ['a']],
    [`: () => { a: '=' } = 'abc'`, ['abc']],
    [` = 'abc' as const`, ['abc']],
    [` = ['a', 'b'] as const;`, ['a', 'b']],
    [` = 'abc' satisfies string`, ['abc']],
    [` = ['a'] as const satisfies readonly string[]`, ['a']],
    [`\n  =\n  'abc'\n\nconst other = 1`, ['abc']],
    [` = 'abc', other = 1`, ['abc']],
  ])('may give its parents as downRevision%s', async (value, expected) => {
    expect((await withDown(value)).downRevisions).toEqual(expected)
  })

  test('may export constants that it declares apart', async () => {
    const revision = await file(`
      // const revision = 'comment'
      const text = "const revision = 'string'", inner = { a: [() => { const revision = 'nested' }] }
      const revision: string = 'abc'
      const parent = ['x'] as const
      export { revision, parent as downRevision }
    `)
    expect(revision).toMatchObject({ id: 'abc', downRevisions: ['x'] })
  })

  test('may leave out labels and dependencies', async () => {
    expect(await withDown(' = null')).toMatchObject({ branchLabels: [], dependsOn: [] })
  })

  test.each([
    ` = 'a' + 'b'`,
    ` = 'a'\n  + 'b'`,
    ` = 'a'.trim()`,
    ` = 'a' ?? null`,
    ' = `a${1}`',
    ` = parent`,
    ` = undefined`,
    ` = 1`,
    ` = ['a', ...more]`,
    ` = ['a', parent]`,
    ` = ('a')`,
    ` = 'a' as string`,
  ])('is refused where downRevision%s would have to be run', async value => {
    await expect(withDown(value)).rejects.toThrow(
      expect.objectContaining({ code: 'REVISION_NOT_LITERAL' }) as Error,
    )
  })

  test('is refused with the line and column of what is no literal', async () => {
    await expect(withDown(` = ['a',\n  parent]`)).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringContaining('/versions/x.ts:3:3: the value of `downRevision`'),
        facts: { path: '/versions/x.ts', line: 3, column: 3 },
      }) as Error,
    )
  })

  test.each([
    [`export let downRevision = 'a'`],
    [`export var downRevision = 'a'`],
    [`export { downRevision } from './other.ts'`],
    [`let downRevision = 'a'; export { downRevision }`],
    [`export function downRevision() {}`],
  ])('is refused where another may change its parents: %s', async text => {
    await expect(file(`export const revision = 'r'\n${text}`)).rejects.toThrow(
      expect.objectContaining({ code: 'REVISION_NOT_LITERAL' }) as Error,
    )
  })

  test.each(['null', '[]', "['a']", "''"])('is refused where its id is %s', async id => {
    await expect(
      file(`export const revision = ${id}\nexport const downRevision = null`),
    ).rejects.toThrow(expect.objectContaining({ code: 'REVISION_NOT_LITERAL' }) as Error)
  })

  test.each(['revision', 'downRevision', 'upgrade', 'downgrade'])(
    'is refused without the export %s',
    async name => {
      const source = `export const revision = 'r'
export const downRevision = null
export function upgrade(op) {}
export function downgrade(op) {}`
      const without = source.replace(new RegExp(`export (const|function) ${name}\\b`), '$1 other')
      await expect(scan('/versions/x.ts', without)).rejects.toThrow(
        expect.objectContaining({
          code: 'REVISION_EXPORT_MISSING',
          facts: { path: '/versions/x.ts', export: name },
        }) as Error,
      )
    },
  )

  test('is refused with line and column where its syntax is wrong', async () => {
    await expect(
      scan('/versions/x.ts', "export const revision = 'ä'\nexport const a = {\n"),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'REVISION_SYNTAX',
        facts: expect.objectContaining({ path: '/versions/x.ts', line: 3, column: 1 }),
      }) as Error,
    )
  })
})
