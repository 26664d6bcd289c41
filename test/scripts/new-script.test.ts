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
    expect(revision.message).toBe('first */ line')
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

describe('the place of a new file', () => {
  const at = (fileTemplate: string, parts: Partial<ScriptParts> = {}) =>
    composeScript(partsOf({ ...parts, config: { ...partsOf().config, fileTemplate } }))

  test('may be a folder inside the version location', async () => {
    const { path } = await at('%(year)d/%(month).2d/%(rev)s')
    expect(path).toBe(join(directory, 'versions/2026/11/32cceb7bc6db.ts'))
  })

  test('leaves no folders behind where the script is only tried', async () => {
    await loadNewScript(await at('%(year)d/%(month).2d/%(rev)s'))
    expect(readdirSync(directory)).toEqual([])
  })

  test('is free, or nothing is made', async () => {
    writeNewScript(await at('%(year)d'))
    await expect(at('%(year)d')).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_EXISTS' }) as Error,
    )
  })

  test.each([
    ['.%(rev)s', '32cceb7bc6db'],
    ['.old/%(rev)s', '32cceb7bc6db'],
    ['%(slug)s_%(rev)s', 'x.d'],
    ['%(rev)s', '.x'],
  ])('is one that is read again: %j for %j is not', async (fileTemplate, id) => {
    const revision = { ...partsOf().revision, id }
    await expect(at(fileTemplate, { revision })).rejects.toThrow(
      expect.objectContaining({ code: 'FILE_NAME_INVALID' }) as Error,
    )
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

  test('may use variables of the project', async () => {
    template(`// by \${author}
export const revision = '\${revision}'
export const downRevision = \${downRevision}
export function upgrade() {}
export function downgrade() {}`)
    const { text } = await composeScript(partsOf({ templateArgs: { author: 'Ada' } }))
    expect(text).toContain('// by Ada\n')
  })

  test('keeps the names of limbeck’s own variables', async () => {
    await expect(composeScript(partsOf({ templateArgs: { revision: 'x' } }))).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        facts: expect.objectContaining({ variable: 'revision' }),
      }) as Error,
    )
  })

  test('gets its code under the names that env.ts chooses', async () => {
    template(`export const revision = '\${revision}'
export const downRevision = \${downRevision}
export function upgrade() {
\${up}
}
export function downgrade() {
\${downgrades}
}`)
    const { text } = await composeScript(
      partsOf({
        tokens: { upgrade: 'up', downgrade: 'downgrades' },
        upgrades: '  a()',
        downgrades: '  b()',
      }),
    )
    expect(text).toContain('upgrade() {\n  a()\n}')
    expect(text).toContain('downgrade() {\n  b()\n}')
  })

  test('is refused where it has no place for the code', async () => {
    template(`export const revision = '\${revision}'
export const downRevision = null
export function upgrade() {}
export function downgrade() {}`)
    await composeScript(partsOf())
    await expect(composeScript(partsOf({ upgrades: '  a()' }))).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        message: expect.stringContaining("no variable 'upgrades'"),
      }) as Error,
    )
  })

  test.each([
    ['branchLabels', { branchLabels: ['billing'] }],
    ['dependsOn', { dependsOn: ['x'] }],
  ])('is refused where it loses %s', async (name, place) => {
    template(`export const revision = '\${revision}'
export const downRevision = \${downRevision}
export function upgrade() {}
export function downgrade() {}`)
    const revision = { ...partsOf().revision, ...place }
    await expect(composeScript(partsOf({ revision }))).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        message: expect.stringContaining(`would not export the \`${name}\``),
        hint: expect.stringContaining(`export const ${name} =`),
      }) as Error,
    )
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

  test('is refused with line and column where it leaves a variable open', async () => {
    template(`export const revision = '\${revision}' // \\\${ this is none\n\${upgrades\n}\n`)
    await expect(composeScript(partsOf())).rejects.toThrow(
      expect.objectContaining({
        code: 'TEMPLATE_INVALID',
        facts: expect.objectContaining({ line: 2, column: 1 }),
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
