import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/files/replace-file.ts'
import { writeNewFile } from '../../src/files/write-new-file.ts'
import { writeTogether } from '../../src/files/write-together.ts'

let folder: string
const at = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const coded = (code: string, path: string) =>
  expect.objectContaining({ code, facts: expect.objectContaining({ path }) }) as Error

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-files-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a new file', () => {
  test('is written with the folders around it, and leaves nothing beside it', () => {
    writeNewFile(at('a/b/c.txt'), 'text')
    expect(read('a/b/c.txt')).toBe('text')
    expect(readdirSync(at('a/b'))).toEqual(['c.txt'])
  })

  test('never takes the place of another', () => {
    writeFileSync(at('a.txt'), 'old')
    expect(() => writeNewFile(at('a.txt'), 'new')).toThrow(coded('FILE_EXISTS', at('a.txt')))
    expect(read('a.txt')).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  test('is refused in the place of a folder', () => {
    writeFileSync(at('a'), 'a file')
    const path = at('a/b.txt')
    expect(() => writeNewFile(path, 'text')).toThrow(coded('FILE_UNWRITABLE', path))
  })
})

describe('a file that is replaced', () => {
  test('keeps its rights, and leaves nothing beside it', () => {
    writeFileSync(at('a.ts'), 'old')
    chmodSync(at('a.ts'), 0o640)
    replaceFile(at('a.ts'), 'new')
    expect(read('a.ts')).toBe('new')
    expect(statSync(at('a.ts')).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['a.ts'])
  })

  test('is the one that a link leads to', () => {
    writeFileSync(at('a.ts'), 'old')
    symlinkSync(at('a.ts'), at('b.ts'))
    replaceFile(at('b.ts'), 'new')
    expect(read('a.ts')).toBe('new')
  })
})

describe('files that are written together', () => {
  test('keep their rights, and links lead on', () => {
    writeFileSync(at('a.json'), 'old')
    chmodSync(at('a.json'), 0o640)
    symlinkSync(at('a.json'), at('b.json'))
    writeTogether([{ path: at('b.json'), content: 'new' }])
    expect(read('a.json')).toBe('new')
    expect(statSync(at('a.json')).mode & 0o777).toBe(0o640)
  })

  test('are all there or none: what was there is back, and the error names what failed', () => {
    writeFileSync(at('old.txt'), 'old')
    writeFileSync(at('in-the-way'), '')
    const wanted = [
      { path: at('new/a.txt'), content: 'a' },
      { path: at('old.txt'), content: 'new' },
      { path: at('in-the-way/b.txt'), content: 'b' },
    ]
    expect(() => writeTogether(wanted)).toThrow(coded('FILE_UNWRITABLE', at('in-the-way/b.txt')))
    expect(readdirSync(folder).sort()).toEqual(['in-the-way', 'old.txt'])
    expect(read('old.txt')).toBe('old')
  })
})
