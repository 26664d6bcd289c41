import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { coloursFor } from '../../src/cli/colours.ts'
import { printInit, printTemplates } from '../../src/cli/print/init.ts'
import { init } from '../../src/commands/init.ts'
import { listTemplates } from '../../src/commands/list-templates.ts'

let cwd: string

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-templates-')))
})
afterEach(() => rmSync(cwd, { recursive: true }))

test('templates are listed in the form of Alembic, with the first line of their README', async () => {
  const result = await listTemplates({})
  const readme = readFileSync(new URL('../../templates/generic/README.md', import.meta.url), 'utf8')
  expect(result.templates).toContainEqual({ name: 'generic', description: readme.split('\n')[0] })
  expect(printTemplates({ templates: [{ name: 'generic', description: 'One database.' }] })).toBe(
    `Available templates:

generic - One database.

Templates are used via the 'init' command, e.g.:

  limbeck init --template generic ./migrations
`,
  )
})

test('every template that is listed is one to start from', async () => {
  const { templates } = await listTemplates({})
  for (const { name } of templates) {
    expect(await init({ cwd, directory: name, template: name })).toMatchObject({ template: name })
  }
})

test.each(['async', 'pyproject', 'pyproject_async'])(
  "Alembic's template %s is generic, and the output says why",
  async template => {
    const result = await init({ cwd, template })
    expect([result.template, result.notes]).toEqual([
      'generic',
      [expect.stringContaining('generic')],
    ])
    const colours = coloursFor({ write: () => {}, isTerminal: false }, {})
    expect(printInit(result, { cwd, colours, isVerbose: false })).toContain(result.notes[0])
  },
)

test('a template that nobody has is an error that lists those there are', async () => {
  await expect(init({ cwd, template: 'nonsense' })).rejects.toMatchObject({
    code: 'TEMPLATE_UNKNOWN',
    hint: expect.stringContaining('generic'),
  })
  for (const [slip, meant] of [
    ['generik', 'generic'],
    ['asnyc', 'async'],
  ]) {
    await expect(init({ cwd, template: slip })).rejects.toMatchObject({
      hint: `Did you mean ${meant}?`,
    })
  }
  await expect(init({ cwd, template: 'multidb' })).rejects.toMatchObject({
    hint: expect.stringContaining('databases'),
  })
})

test('--package is answered', async () => {
  const { notes } = await init({ cwd, package: true })
  expect(notes).toEqual(['--package has nothing to do: TypeScript needs no __init__ files.'])
})
