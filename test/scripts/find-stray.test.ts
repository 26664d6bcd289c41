import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findStray } from '../../src/scripts/find-stray.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-stray-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text = `export const revision = 'ab12cd34'\n`): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** Path, reason and hint of what is found, with `~` for the project's folder. */
function search(id = 'ab12cd34', { recursive = false, isTyped = false } = {}) {
  const places = {
    versionLocations: [join(folder, 'migrations/versions')],
    recursive,
    nearby: [join(folder, 'migrations'), folder],
  }
  const found = findStray({ id, isTyped }, places)
  return found && [found.path, found.reason, found.hint].map(s => s.replaceAll(folder, '~'))
}

const versions = 'migrations/versions'

test.each([
  ['x.ts.bak', 'its name does not end in .ts, .mts, .js or .mjs', 'x.ts'],
  ['x.ts~', 'its name does not end in .ts, .mts, .js or .mjs', 'x.ts'],
  ['x.mts.part', 'its name does not end in .ts, .mts, .js or .mjs', 'x.mts'],
  ['ab12cd34_x', 'its name does not end in .ts, .mts, .js or .mjs', 'ab12cd34_x.ts'],
  ['x.cts', 'its name does not end in .ts, .mts, .js or .mjs', 'x.ts'],
  ['.x.ts', 'its name begins with a dot', 'x.ts'],
  ['x.d.ts', 'it is named as a declaration', 'x.ts'],
])('%s in a version location is found, and may be renamed', (name, reason, better) => {
  write(`${versions}/${name}`)
  expect(search()).toEqual([
    `~/${versions}/${name}`,
    reason,
    `Rename it to ~/${versions}/${better}.`,
  ])
})

test.each([`revision = 'ab12cd34'`, `revision: str = "ab12cd34"`])(
  'a Python revision is one: %s',
  text => {
    write(`${versions}/ab12cd34_x.py`, `"""x"""\n${text}\ndown_revision = None\n`)
    expect(search()?.[1]).toBe("it is a Python revision of Alembic's")
    expect(search()?.[2]).toContain(`as ~/${versions}/ab12cd34_x.ts;`)
  },
)

test('a file in a folder inside a version location is found where these are not read', () => {
  write(`${versions}/2026/x.ts`)
  expect(search()?.[2]).toBe(
    `Move it to ~/${versions}, or write \`recursiveVersionLocations: true\` in the config.`,
  )
  expect(search('ab12cd34', { recursive: true })).toBeUndefined()
})

test('a file in another folder is found by its name, or in one named as a version location', () => {
  write('old/ab12cd34_x.ts')
  expect(search()?.slice(0, 2)).toEqual(['~/old/ab12cd34_x.ts', 'it is in no version location'])
  rmSync(join(folder, 'old'), { recursive: true })
  write('other/versions/x.ts')
  expect(search()?.[2]).toBe(
    `Move it to ~/${versions}, or name ~/other/versions among the \`versionLocations\` of the config.`,
  )
})

test('what the graph has, what only names the id, and dependencies are no find', () => {
  write(`${versions}/x.ts`)
  write(`${versions}/y.ts.bak`, `export const downRevision = 'ab12cd34'`)
  write(`${versions}/z.py`, `down_revision = 'ab12cd34'`)
  write('notes/ab12cd34.md', 'revision ab12cd34')
  write('node_modules/ab12cd34.ts')
  expect(search()).toBeUndefined()
})

test('what was typed may be the beginning of an id, from four characters on', () => {
  write(`${versions}/x.ts.bak`)
  const isTyped = true
  expect(search('ab12', { isTyped })).toBeDefined()
  for (const other of ['ab1', 'b12cd34', 'ab12.*', '']) {
    expect(search(other, { isTyped })).toBeUndefined()
  }
  expect(search('ab12')).toBeUndefined()
})

test('folders that are not there are no error', () => {
  rmSync(folder, { recursive: true })
  expect(search()).toBeUndefined()
})
