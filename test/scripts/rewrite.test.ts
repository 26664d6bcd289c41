import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readWhole, withDownRevision } from '../../src/scripts/rewrite.ts'
import { scanRevision } from '../../src/scripts/scan.ts'

const path = '/versions/r.ts'
const tail = `
export function upgrade(op) {}
export function downgrade(op) {}
`

const file = (down: string, doc = '') =>
  `${doc}export const revision = 'r'\nexport const downRevision${down}${tail}`

/** Expects that the text becomes the same with one piece replaced. */
async function expectRewritten(source: string, old: string, piece: string): Promise<void> {
  const text = await withDownRevision(path, source, 'new1')
  expect(text).toBe(source.replace(old, piece))
  expect((await scanRevision(path, text)).downRevisions).toEqual(['new1'])
}

describe('a revision file that gets another down revision', () => {
  test.each([
    ['a string', ` = 'old1'`, `'old1'`, `'new1'`],
    ['double quotes', ` = "old1";`, `"old1"`, `"new1"`],
    ['a template', ' = `old1`', '`old1`', '`new1`'],
    ['null', ` = null`, 'null', `'new1'`],
    ['a type', `: string | readonly string[] = 'old1'`, `'old1'`, `'new1'`],
    ['a type that holds null', `: string | null = null`, `= null`, `= 'new1'`],
    ['as const', ` = 'old1' as const`, `'old1'`, `'new1'`],
    ['satisfies', ` = 'old1' satisfies string`, `'old1'`, `'new1'`],
    ['a list', ` = [\n  'old1', // the one\n] as const`, `'old1'`, `'new1'`],
    ['a list of two', ` = ['old1', "old2"]`, `'old1', "old2"`, `'new1'`],
    ['an empty list', `: string[] = []`, '= []', `= ['new1']`],
    [
      'comments around it',
      ` /* a = 'x' */ = /* here */ 'old1' // 'old1' was first`,
      `*/ 'old1'`,
      `*/ 'new1'`,
    ],
  ])('keeps %s', async (_, down, old, piece) => {
    await expectRewritten(file(down), old, piece)
  })

  test('takes the quotes of the id where there were none', async () => {
    const source = `export const revision = "r"\nexport const downRevision = null${tail}`
    await expectRewritten(source, 'null', '"new1"')
  })

  test('is rewritten where the constant is', async () => {
    const source = `const below = 'old1'\nexport const revision = 'r'\nexport { below as downRevision }${tail}`
    await expectRewritten(source, `'old1'`, `'new1'`)
  })

  test.each([
    [
      'an id',
      '/**\n * say it\n *\n * Revision ID: r\n * Revises: old1\n * Create Date: now\n */\n',
    ],
    ['what it merged', '/**\n * say it\n *\n * Revises: old1, old2  \n */\n'],
    ['no parent', '/**\n * say it\n *\n * Revises: <base>\n */\n'],
    ['nothing', '/**\n * say it\n *\n * Revises: \n */\n'],
    ['an id at the end', '/** say it\n\nRevises: old1 */\n'],
    ['a line with CRLF', '/**\r\n * say it\r\n *\r\n * Revises: old1\r\n */\r\n'],
  ])('says so in its docstring in the place of %s', async (_, doc) => {
    const source = file(` = 'p'`, doc)
    const text = await withDownRevision(path, source, 'new1')
    const expected = doc.replace(/Revises: (old1(, old2)?|<base>|)/, 'Revises: new1')
    expect(text).toBe(file(` = 'new1'`, expected))
    expect((await scanRevision(path, text)).doc).toContain('Revises: new1')
  })

  test('keeps CRLF, a byte order mark and everything else', async () => {
    const source =
      `\uFEFF${file(` = 'old1'`, '/**\n * say it\n */\n')}// Revises: old1\n`.replaceAll(
        '\n',
        '\r\n',
      )
    await expectRewritten(source, `downRevision = 'old1'`, `downRevision = 'new1'`)
  })

  test('keeps words like these that stand elsewhere', async () => {
    const code = `/** Revises: old1 */\nconst downRevisions = 'old1'\n`
    await expectRewritten(
      `${file(` = 'old1'`)}${code}`,
      `downRevision = 'old1'`,
      `downRevision = 'new1'`,
    )
  })

  test('is not rewritten where another export has the same constant', async () => {
    const source = `const x = 'old1'\nexport const revision = 'r'\nexport { x as downRevision, x as dependsOn }${tail}`
    await expect(withDownRevision(path, source, 'new1')).rejects.toMatchObject({
      code: 'REVISION_NOT_REWRITABLE',
      facts: { path, changed: 'dependsOn' },
    })
  })
})

test('a file whose bytes are no text is not rewritten', () => {
  const folder = mkdtempSync(join(tmpdir(), 'limbeck-rewrite-'))
  try {
    const place = join(folder, 'a.ts')
    writeFileSync(place, Buffer.from([0x27, 0xe9, 0x27]))
    expect(() => readWhole(place)).toThrow(/is not UTF-8 text/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
