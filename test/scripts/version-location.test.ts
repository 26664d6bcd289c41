import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chooseVersionLocation } from '../../src/scripts/version-location.ts'

const root = mkdtempSync(join(tmpdir(), 'limbeck-locations-'))
const a = join(root, 'a')
const b = join(root, 'b')
const inner = join(a, 'inner')

beforeAll(() => {
  mkdirSync(inner, { recursive: true })
  symlinkSync(a, join(root, 'link'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('the only version location gets every file', () => {
  expect(chooseVersionLocation({ locations: [a] })).toBe(a)
  expect(chooseVersionLocation({ locations: [a, join(root, 'link')] })).toBe(a)
})

test('the one that is asked for gets the file, whatever its parent', () => {
  const parentPath = join(a, 'x.ts')
  expect(chooseVersionLocation({ locations: [a, b], versionPath: b, parentPath })).toBe(b)
})

test('a link to a version location is that location', () => {
  const versionPath = join(root, 'link')
  expect(chooseVersionLocation({ locations: [a, b], versionPath })).toBe(a)
})

test('a location that is not there yet can be asked for', () => {
  const versionPath = join(root, 'link/../b')
  expect(chooseVersionLocation({ locations: [a, b], versionPath })).toBe(b)
})

test('a file goes where the one it follows lies, also from a folder inside', () => {
  const near = (path: string) =>
    chooseVersionLocation({ locations: [a, b, inner], parentPath: join(root, path) })
  expect(near('b/x.ts')).toBe(b)
  expect(near('a/2026/x.ts')).toBe(a)
  expect(near('a/inner/x.ts')).toBe(inner)
})

test('a folder that is no version location is refused, and they are listed', () => {
  expect(() => chooseVersionLocation({ locations: [a, b], versionPath: root })).toThrow(
    expect.objectContaining({
      code: 'VERSION_LOCATION_INVALID',
      message: `${root} is none of the version locations, which are ${a}, ${b}.`,
      exitStatus: 2,
    }) as Error,
  )
})

test('several locations and nothing to follow ask for --version-path', () => {
  expect(() => chooseVersionLocation({ locations: [a, b] })).toThrow(
    expect.objectContaining({
      code: 'VERSION_LOCATION_INVALID',
      message: expect.stringContaining(`${a}, ${b}`),
      hint: expect.stringContaining('--version-path'),
    }) as Error,
  )
})
