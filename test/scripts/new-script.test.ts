import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { formatCreateDate } from '../../src/scripts/create-date.ts'
import { fileNameOf, newRevisionId, slugOf } from '../../src/scripts/file-names.ts'
import { composeScript, loadNewScript, writeNewScript } from '../../src/scripts/new-script.ts'
import { openScriptDirectory } from '../../src/scripts/script-directory.ts'
import type { ScriptParts } from '../../src/scripts/script-parts.ts'

const root = mkdtempSync(join(tmpdir(), 'limbeck-new-script-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let directory: string
let count = 0
beforeEach(() => {
  directory = join(root, String(count++))
  mkdirSync(directory)
})

const partsOf = (parts: Partial<ScriptParts> = {}): ScriptParts => ({
  revision: { id: '32cceb7bc6db', downRevisions: [], branchLabels: [], dependsOn: [] },
  message: 'create users',
  date: new Date('2026-11-20T09:41:00Z'),
  config: {
    scriptLocation: directory,
    fileTemplate: '%(rev)s_%(slug)s',
    truncateSlugLength: 40,
    timezone: 'UTC',
  },
  folder: join(directory, 'versions'),
  ...parts,
})

const template = (text: string) => writeFileSync(join(directory, 'script.ts.template'), text)

describe('a new revision file', () => {
  test('looks as the documentation shows it', async () => {
    const { path, text } = await composeScript(
      partsOf({
        downgradeLabel: 'exact',
        imports: `import { uuid, type Op } from 'limbeck'`,
        upgrades: `  op.createTable('users', {\n    id: uuid().primaryKey(),\n  })`,
        downgrades: `  op.dropTable('users')`,
      }),
    )
    expect(path).toBe(join(directory, 'versions/32cceb7bc6db_create_users.ts'))
    expect(text).toBe(`/**
 * create users
 *
 * Revision ID: 32cceb7bc6db
 * Revises: <base>
 * Create Date: 2026-11-20 09:41:00+00:00
 * Downgrade: exact
 */
import { uuid, type Op } from 'limbeck'

export const revision = '32cceb7bc6db'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null

export function upgrade(op: Op) {
  op.createTable('users', {
    id: uuid().primaryKey(),
  })
}

export function downgrade(op: Op) {
  op.dropTable('users')
}
`)
  })

  test('has empty functions where nothing is to be done', async () => {
    const { text } = await composeScript(partsOf())
    expect(text).toContain('export function upgrade(op: Op) {}\n')
    expect(text).toContain('export function downgrade(op: Op) {}\n')
    expect(text).toContain(' * Downgrade: unproved\n')
  })

  test('names what it follows, its labels and its dependencies', async () => {
    const place = { id: 'm1', downRevisions: ['a', 'b'], branchLabels: ["it's"], dependsOn: ['x'] }
    const { text, revision } = await composeScript(partsOf({ revision: place }))
    expect(text).toContain(' * Revises: a, b\n')
    expect(text).toContain(`export const downRevision = ['a', 'b']\n`)
    expect(revision).toMatchObject(place)
  })

  test('keeps a message of any kind inside its comment', async () => {
    const message = 'first */ line\n\nsecond `line` ${x}'
    const { text, revision } = await composeScript(partsOf({ message }))
    expect(text).toContain('/**\n * first *\\/ line\n *\n * second `line` ${x}\n *\n * Revision ID')
    expect(revision.message).toBe('first *\\/ line')
  })

  test('is found again as it was composed', async () => {
    const script = await composeScript(partsOf())
    writeNewScript(script)
    const { revisions } = await openScriptDirectory({ directory })
    expect(revisions).toEqual([script.revision])
    expect(readdirSync(join(directory, 'versions'))).toEqual(['32cceb7bc6db_create_users.ts'])
  })

  test('never takes the place of a file', async () => {
    const script = await composeScript(partsOf())
    writeNewScript(script)
    writeFileSync(script.path, 'edited')
    expect(() => writeNewScript(script)).toThrow(
      expect.objectContaining({ code: 'FILE_EXISTS', facts: { path: script.path } }) as Error,
    )
    expect(readFileSync(script.path, 'utf8')).toBe('edited')
    expect(readdirSync(join(directory, 'versions'))).toHaveLength(1)
  })

  test('leaves nothing behind where it cannot be written', async () => {
    writeFileSync(join(directory, 'versions'), 'a file, not a folder')
    const script = await composeScript(partsOf())
    expect(() => writeNewScript(script)).toThrow(
      expect.objectContaining({ code: 'FILE_UNWRITABLE' }) as Error,
    )
    expect(readdirSync(directory)).toEqual(['versions'])
  })

  test('can be run before it is written, and leaves no trace', async () => {
    const unwritten = await composeScript(partsOf({ upgrades: `  op.dropTable('users')` }))
    const script = await loadNewScript(unwritten)
    const dropped: string[] = []
    script.upgrade({ dropTable: (name: string) => dropped.push(name) } as never)
    expect(dropped).toEqual(['users'])
    expect(script.path).toBe(unwritten.path)
    expect(readdirSync(directory)).toEqual([])
  })
})

describe('a script template', () => {
  test('is the project’s own where it has one, without its first comment', async () => {
    template(`/* for editors */
// of \${revision} costs \\\${money}
export const revision = "\${revision}"
export const downRevision = \${downRevision}
\${upgrades}
export const upgrade = () => {
  \${upgrades}
}
export function downgrade() {}`)
    const { text } = await composeScript(partsOf())
    expect(text).toBe(`// of 32cceb7bc6db costs \${money}
export const revision = "32cceb7bc6db"
export const downRevision = null
export const upgrade = () => {
  
}
export function downgrade() {}`)
  })

  test('may end its lines as Windows does', async () => {
    const unix = `/* for whoever edits */
/** \${message} */
\${imports}
export const revision = '\${revision}'
export const downRevision = \${downRevision}
export function upgrade() {
\${upgrades}
}
export function downgrade() {}
`
    const parts = partsOf({ message: 'two\nlines', upgrades: '  a()\n  b()' })
    template(unix)
    const expected = (await composeScript(parts)).text.replaceAll('\n', '\r\n')
    template(unix.replaceAll('\n', '\r\n'))
    expect((await composeScript(parts)).text).toBe(expected)
  })

  test('is refused with line and column where it names an unknown variable', async () => {
    template(`/* \${anything} */\n\nexport const revision = '\${revison}'\n`)
    await expect(composeScript(partsOf())).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        hint: expect.stringContaining('revision'),
        facts: expect.objectContaining({ line: 3, column: 26, variable: 'revison' }),
      }) as Error,
    )
  })

  test.each([
    ['', 'the new file exports no `revision`, so it is not a revision file.'],
    [`export const revision = id()`, 'the new file:1:25: the value of `revision`'],
  ])('is refused where it makes no revision file: %j', async (text, reason) => {
    template(text)
    await expect(composeScript(partsOf())).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        message: expect.stringContaining(`script.ts.template makes is no revision file: ${reason}`),
      }) as Error,
    )
  })

  test('is refused where it forgets what the graph is made of', async () => {
    template(`export const revision = '\${revision}'
export const downRevision = null
export function upgrade() {}
export function downgrade() {}`)
    const place = { id: 'b', downRevisions: ['a'], branchLabels: [], dependsOn: [] }
    await expect(composeScript(partsOf({ revision: place }))).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        facts: expect.objectContaining({ variable: 'downRevision', wanted: ['a'], found: [] }),
      }) as Error,
    )
    expect(existsSync(join(directory, 'versions'))).toBe(false)
  })
})

describe('a file name', () => {
  // Recorded from Alembic: the vectors of `revision` and `merge` hold more.
  test.each([
    ['create users', 'create_users'],
    ['  Add: "Größe" & farbe_2! ', 'add_größe_farbe_2'],
    ['', ''],
    ['a'.repeat(41), `${'a'.repeat(40)}_`],
    [`${'word '.repeat(9)}`, 'word_word_word_word_word_word_word_word_'],
    ['x'.repeat(40), 'x'.repeat(40)],
  ])('has the words of the message: %j', (message, slug) => {
    expect(slugOf(message)).toBe(slug)
  })

  test('is cut where the config says', () => {
    const { config } = partsOf({ config: { ...partsOf().config, truncateSlugLength: 9 } })
    expect(fileNameOf({ id: 'a', message: 'one two three' }, config)).toBe('a_one_two_.ts')
  })
})

test('a new id is twelve hexadecimal digits, another one each time', () => {
  const ids = Array.from({ length: 100 }, newRevisionId)
  expect(new Set(ids).size).toBe(100)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{12}$/)
})

test.each([
  ['UTC', '2026-03-29 00:30:09+00:00'],
  ['Europe/Berlin', '2026-03-29 01:30:09+01:00'],
  ['Asia/Kolkata', '2026-03-29 06:00:09+05:30'],
  ['America/St_Johns', '2026-03-28 22:00:09-02:30'],
])('the create date is told in %s', (zone, expected) => {
  expect(formatCreateDate(new Date('2026-03-29T00:30:09Z'), zone)).toBe(expected)
})
