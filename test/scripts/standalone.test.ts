import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import module from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { checksumOf } from '../../src/scripts/checksum.ts'
import { compileLoader, writeFiles } from './support/compiled-loader.ts'

const loader = compileLoader()
const root = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-standalone-')))
afterAll(() => {
  loader.remove()
  rmSync(root, { recursive: true, force: true })
})

/** Where hooks need no thread, nothing is kept. */
const keeps = !('registerHooks' in module)

const config = `
import { join } from 'node:path'
import { LimbeckError } from 'limbeck'

interface Unused { a: string }

export const url = 'postgresql://me@host/db?sslmode=require' // import('./nowhere.ts')
export const separated = 'one\u2028two'
function fail(): string {
  try {
    throw new LimbeckError('USAGE', 'here')
  } catch (error) {
    return (error as Error).stack!.split('\\n')[1]!
  }
}

export const later = (): Promise<{ user: string }> => import('./models/user.ts')
export const installed = (): Promise<{ name: string }> => import('installed')
export const result = async (): Promise<unknown> => [
  join('a', 'b'), fail(), (await later()).user, (await installed()).name, new LimbeckError('USAGE', 'x').exitStatus,
]
`

let folder: string
let path: string
let kept: string
let count = 0

beforeEach(() => {
  folder = join(root, String(count++))
  path = join(folder, 'app/limbeck.config.ts')
  kept = join(folder, 'node_modules/.cache/limbeck/app/limbeck.config.ts.mjs')
  writeFiles(folder, {
    'package.json': '{ "type": "module" }',
    'node_modules/installed/package.json': '{ "type": "module", "exports": "./index.js" }',
    'node_modules/installed/index.js': `export const name = 'installed'`,
    'app/models/user.ts': `export { user } from './name'`,
    'app/models/name.ts': `export const user: string = 'user'`,
    'app/limbeck.config.ts': config,
  })
})

const importOnce = () => loader.importAll([path])[0]

describe('a file that imports nothing at once but limbeck', () => {
  test('gives the same with the hooks, without them, and from what was kept', () => {
    const withHooks = loader.run(
      `const { result } = await importModule(words[0], { keep: false })
       print({ result: await result() })`,
      [path],
    )
    expect(withHooks).toEqual({
      result: ['a/b', expect.stringContaining('limbeck.config.ts:12:11'), 'user', 'installed', 2],
    })
    expect(existsSync(kept)).toBe(false)
    expect(importOnce()).toEqual(withHooks)
    expect(existsSync(kept)).toBe(keeps)
    expect(importOnce()).toEqual(withHooks)
  })

  test('is read anew as soon as its text is another, whatever its times say', () => {
    importOnce()
    writeFileSync(path, `export const result = 'other'`)
    utimesSync(path, 1, 1)
    expect(importOnce()).toEqual({ result: 'other' })
  })

  test.runIf(keeps)('is kept with its checksum, which is that of its text', async () => {
    const checksums = () =>
      loader.run(
        `const { importFile } = await import('./dist/scripts/import-module.js')
         print((await importFile(words[0])).checksum)`,
        [path],
      )
    const text = readFileSync(path, 'utf8')
    expect(checksums()).toBe(await checksumOf(path, text))
    expect(checksums()).toBe(await checksumOf(path, text))
    writeFileSync(path, text.replace("'here'", "'there'"))
    expect(checksums()).toBe(await checksumOf(path, readFileSync(path, 'utf8')))
    expect(checksums()).not.toBe(await checksumOf(path, text))
  })

  test('reaches what lies beside it in a project that was copied with all it holds', () => {
    importOnce()
    const copy = `${folder}-copy`
    cpSync(folder, copy, { recursive: true })
    writeFileSync(join(copy, 'app/models/name.ts'), `export const user = 'copied'`)
    const [{ result }] = loader.importAll([join(copy, 'app/limbeck.config.ts')]) as [
      { result: string[] },
    ]
    expect(result[1]).toContain(copy)
    expect(result[2]).toBe('copied')
  })

  test.runIf(keeps)('is not taken from a kept file that was cut off', () => {
    importOnce()
    const text = readFileSync(kept, 'utf8')
    writeFileSync(kept, `${text.slice(0, -100)}\nthrow new Error('cut off')`)
    expect(importOnce()).toEqual({ result: expect.anything() })
    expect(readFileSync(kept, 'utf8')).toBe(text)
  })

  test('works where nothing can be kept', () => {
    writeFileSync(join(folder, 'node_modules/.cache'), 'in the way')
    expect(importOnce()).toEqual({ result: expect.anything() })
    rmSync(join(folder, 'node_modules'), { recursive: true })
    writeFileSync(path, config.replace(`import('installed')`, `import('./models/user.ts')`))
    expect(importOnce()).toMatchObject({ result: ['a/b', expect.anything(), 'user', null, 2] })
  })

  test('tells where it fails', () => {
    writeFileSync(
      path,
      `interface A { a: 1 }\n\nconst b: A = make()\nfunction make(): A {\n  throw new Error('no')\n}`,
    )
    expect(importOnce()).toMatchObject({
      error: { code: 'SCRIPT_LOAD_FAILED', facts: { path, line: 5, column: 9 } },
    })
    writeFileSync(path, `export const a: number = ;`)
    expect(importOnce()).toMatchObject({ error: { facts: { path, line: 1, column: 26 } } })
  })
})

describe('a file that needs the hooks', () => {
  test.each([
    ['another file', `import { user } from './models/user.ts'\nexport const result = user`, 'user'],
    ['a package', `import { name } from 'installed'\nexport const result = name`, 'installed'],
    ['its own place', `export const result = import.meta.url.endsWith('.ts')`, true],
    [
      'a file without its extension',
      `export const result = async () => (await import('./models/user')).user`,
      'user',
    ],
    [
      'a file by a computed name',
      `const n = './models/user.ts'\nexport const result = async () => (await import(n)).user`,
      'user',
    ],
  ])('for %s is not kept', (_, text, result) => {
    writeFileSync(path, text)
    expect(importOnce()).toEqual({ result })
    expect(existsSync(kept)).toBe(false)
  })
})
