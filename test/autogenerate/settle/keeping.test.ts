import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepingIn } from '../../../src/autogenerate/settle/keeping.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'limbeck-keeping-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const onlyFile = () => join(folder, readdirSync(folder)[0]!)

describe('what is kept', () => {
  test('is there for whoever asks with its key', () => {
    keepingIn(folder).write('a', 'text\nof two lines')
    expect(keepingIn(folder).read('a')).toBe('text\nof two lines')
    expect(keepingIn(folder).read('b')).toBeUndefined()
  })

  test('may be empty', () => {
    keepingIn(folder).write('a', '')
    expect(keepingIn(folder).read('a')).toBe('')
  })

  test.each([
    ['cut', () => truncateSync(onlyFile(), 70)],
    ['emptied', () => truncateSync(onlyFile(), 0)],
    ['edited', () => writeFileSync(onlyFile(), `${readFileSync(onlyFile(), 'utf8')} `)],
    ['without its digest', () => writeFileSync(onlyFile(), 'text')],
  ])('is absent where it was %s, until it is written again', (_, harm) => {
    const keeping = keepingIn(folder)
    keeping.write('a', 'text')
    harm()
    expect(keeping.read('a')).toBeUndefined()
    keeping.write('a', 'text')
    expect(keeping.read('a')).toBe('text')
  })

  test('is not taken for what another key stands for', () => {
    const keeping = keepingIn(folder)
    keeping.write('a', 'text')
    writeFileSync(join(folder, 'b.json'), readFileSync(onlyFile()))
    expect(keeping.read('b')).toBeUndefined()
  })

  test('makes room for newer things, those first that nobody has asked for', () => {
    const keeping = keepingIn(folder)
    for (let n = 0; n < 256; n++) {
      keeping.write(`k${n}`, 'text')
      utimesSync(join(folder, `k${n}.json`), 1_000_000 + n, 1_000_000 + n)
    }
    expect(keeping.read('k0')).toBe('text')
    keeping.write('new', 'text')
    expect(keeping.read('k0')).toBe('text')
    expect(keeping.read('new')).toBe('text')
    expect(keeping.read('k1')).toBeUndefined()
    expect(readdirSync(folder)).toHaveLength(256)
  })

  test('takes away what a killed process has left half written', () => {
    const half = join(folder, 'a.json.1.part')
    writeFileSync(half, 'te')
    utimesSync(half, 1_000_000, 1_000_000)
    keepingIn(folder).write('b', 'text')
    expect(existsSync(half)).toBe(false)
  })

  test('is nothing, and no error, where nothing can be written', () => {
    writeFileSync(join(folder, 'file'), '')
    const keeping = keepingIn(join(folder, 'file', 'inside'))
    keeping.write('a', 'text')
    expect(keeping.read('a')).toBeUndefined()
  })
})
