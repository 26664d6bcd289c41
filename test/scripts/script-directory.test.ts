import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { openScriptDirectory } from '../../src/scripts/script-directory.ts'

const root = mkdtempSync(join(tmpdir(), 'limbeck-scripts-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let directory: string
let count = 0
beforeEach(() => {
  directory = join(root, String(count++))
  mkdirSync(directory)
})

const script = (id: string) => `export const revision = '${id}'
export const downRevision = null
export function upgrade() {}
export function downgrade() {}
`

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
}

interface Options {
  readonly versionLocations?: string[]
  readonly recursive?: boolean
}

async function idsIn(options: Options = {}) {
  const { revisions } = await openScriptDirectory({ directory, ...options })
  return revisions.map(({ id }) => id)
}

async function warningsIn(options: Options = {}) {
  const { warnings } = await openScriptDirectory({ directory, ...options })
  return warnings.map(warning => warning.replaceAll(`${directory}/`, ''))
}

test('revisions are loaded by the names of their files', async () => {
  write({
    'versions/b.ts': script('1'),
    'versions/a.ts': script('2'),
    'versions/B.mjs': script('3'),
  })
  expect(await idsIn()).toEqual(['3', '2', '1'])
})

test('declarations, hidden files, other files and folders are no revisions', async () => {
  write({
    'versions/a.ts': script('1'),
    'versions/b.js': script('2'),
    'versions/c.mts': script('3'),
    'versions/a.d.ts': '',
    'versions/a.d.mts': '',
    'versions/.hidden.ts': 'not a revision',
    'versions/README.md': '',
    'versions/a.ts.part': '',
    'versions/below/x.ts': 'not a revision',
  })
  expect(await idsIn()).toEqual(['1', '2', '3'])
})

test('folders below are read when they are asked for', async () => {
  write({ 'versions/z.ts': script('1'), 'versions/2026/a.ts': script('2'), 'versions/.x/a.ts': '' })
  expect(await idsIn({ recursive: true })).toEqual(['1', '2'])
})

test('several locations are read in their order, and no file twice', async () => {
  write({ 'one/a.ts': script('1'), 'two/a.ts': script('2') })
  symlinkSync(join(directory, 'one/a.ts'), join(directory, 'two/b.ts'))
  const versionLocations = [join(directory, 'two'), join(directory, 'one')]
  expect(await idsIn({ versionLocations })).toEqual(['2', '1'])
})

test('a folder that is listed twice, or as a link, is read once and told of', async () => {
  write({ 'one/a.ts': script('1') })
  symlinkSync(join(directory, 'one'), join(directory, 'two'))
  const versionLocations = ['one', 'one', 'two'].map(name => join(directory, name))
  expect(await idsIn({ versionLocations })).toEqual(['1'])
  expect(await warningsIn({ versionLocations })).toEqual([
    'The version locations one and one are one folder: it is read once.',
    'The version locations one and two are one folder: it is read once.',
  ])
})

test('a location inside another is not read twice', async () => {
  write({ 'all/a.ts': script('1'), 'all/below/b.ts': script('2') })
  const versionLocations = [join(directory, 'all'), join(directory, 'all/below')]
  expect(await idsIn({ versionLocations, recursive: true })).toEqual(['1', '2'])
  expect(await warningsIn({ versionLocations, recursive: true })).toEqual([])
})

test('a link to a file that is read already is told of', async () => {
  write({ 'versions/a.ts': script('1') })
  symlinkSync(join(directory, 'versions/a.ts'), join(directory, 'versions/b.ts'))
  expect(await idsIn()).toEqual(['1'])
  expect(await warningsIn()).toEqual([
    'versions/a.ts and versions/b.ts are one file: it is read once.',
  ])
})

test('links to folders are not followed', async () => {
  write({ 'versions/a.ts': script('1') })
  symlinkSync(directory, join(directory, 'versions/circle'))
  expect(await idsIn({ recursive: true })).toEqual(['1'])
})

test('a location that is not there is told of, but for the usual one', async () => {
  write({ 'one/a.ts': script('1') })
  const versionLocations = ['versions', 'one', 'tow'].map(name => join(directory, name))
  expect(await idsIn({ versionLocations })).toEqual(['1'])
  expect(await warningsIn({ versionLocations })).toEqual([
    'The version location tow does not exist: it is taken as empty.',
  ])
})

test('a folder of Python revisions is told of', async () => {
  write({ 'versions/a.py': '', 'versions/b.py': '', 'versions/__init__.py': '' })
  expect(await warningsIn()).toEqual([
    'versions holds 2 Python revisions and none in TypeScript: limbeck reads no .py files.',
  ])
  write({ 'versions/a.ts': script('1') })
  expect(await warningsIn()).toEqual([])
})

test('a folder whose scripts are all in folders below is told of', async () => {
  write({ 'versions/2026/a.ts': script('1') })
  expect(await warningsIn()).toEqual([
    'versions has scripts in folders (2026), which are read with recursiveVersionLocations.',
  ])
  expect(await warningsIn({ recursive: true })).toEqual([])
})

test('a link that leads nowhere is an error', async () => {
  mkdirSync(join(directory, 'versions'))
  symlinkSync(join(directory, 'gone.ts'), join(directory, 'versions/a.ts'))
  await expect(idsIn()).rejects.toThrow(
    expect.objectContaining({
      code: 'SCRIPT_DIRECTORY_UNREADABLE',
      message: expect.stringContaining('a link that leads nowhere'),
      facts: { path: join(directory, 'versions/a.ts'), code: 'ENOENT' },
    }) as Error,
  )
})

test('a folder of revisions that git has not kept is empty', async () => {
  expect(await idsIn()).toEqual([])
})

test('a script directory that is not there is an error', async () => {
  directory = join(directory, 'migrations')
  await expect(idsIn()).rejects.toThrow(
    expect.objectContaining({
      code: 'SCRIPT_DIRECTORY_NOT_FOUND',
      message: expect.stringContaining(directory),
      hint: expect.stringContaining('limbeck init'),
    }) as Error,
  )
})

test('a folder that cannot be read is an error', async () => {
  write({ versions: 'a file' })
  await expect(idsIn()).rejects.toThrow(
    expect.objectContaining({
      code: 'SCRIPT_DIRECTORY_UNREADABLE',
      facts: { path: join(directory, 'versions'), code: 'ENOTDIR' },
    }) as Error,
  )
})

test('a file that is no revision is named', async () => {
  write({ 'versions/a.ts': script('1'), 'versions/helper.ts': 'export const help = 1' })
  const path = join(directory, 'versions/helper.ts')
  await expect(idsIn()).rejects.toThrow(
    expect.objectContaining({
      code: 'REVISION_EXPORT_MISSING',
      message: `${path} exports no \`revision\`, so it is not a revision file.`,
    }) as Error,
  )
})
