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

async function idsIn(options: { versionLocations?: string[]; recursive?: boolean } = {}) {
  const { revisions } = await openScriptDirectory({ directory, ...options })
  return revisions.map(({ id }) => id)
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
