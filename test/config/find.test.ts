import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findConfig, isModule } from '../../src/config/find.ts'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-config-')))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(...paths: string[]) {
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), '')
  }
}

const find = (cwd = '', path?: string, env: Record<string, string> = {}) =>
  findConfig({ cwd: join(root, cwd), path, env })

test('the config of the folder is found, TypeScript before JavaScript', () => {
  write('package.json', 'limbeck.config.js', 'limbeck.config.ts')
  expect(find()).toBe(join(root, 'limbeck.config.ts'))
})

test('a config inside the script directory is found', () => {
  write('package.json', 'migrations/limbeck.config.mjs')
  expect(find()).toBe(join(root, 'migrations/limbeck.config.mjs'))
})

test('the search goes up to the root of the package and no further', () => {
  write('limbeck.config.ts', 'app/package.json', 'app/src/deep/file.ts')
  expect(() => find('app/src/deep')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_NOT_FOUND',
      message: expect.stringContaining(join(root, 'app/src')),
      hint: expect.stringContaining('limbeck init'),
    }),
  )
  write('app/limbeck.config.ts')
  expect(find('app/src/deep')).toBe(join(root, 'app/limbeck.config.ts'))
})

test('a file that is named comes before all others, --config before LIMBECK_CONFIG', () => {
  write('package.json', 'limbeck.config.ts', 'a.ts', 'b.ts')
  expect(find('', undefined, { LIMBECK_CONFIG: 'a.ts' })).toBe(join(root, 'a.ts'))
  expect(find('', 'b.ts', { LIMBECK_CONFIG: 'a.ts' })).toBe(join(root, 'b.ts'))
})

test('ALEMBIC_CONFIG comes after LIMBECK_CONFIG and before the search', () => {
  write('package.json', 'limbeck.config.ts', 'a.ts', 'alembic.ini')
  expect(find('', undefined, { ALEMBIC_CONFIG: 'alembic.ini' })).toBe(join(root, 'alembic.ini'))
  expect(find('', undefined, { ALEMBIC_CONFIG: 'alembic.ini', LIMBECK_CONFIG: 'a.ts' })).toBe(
    join(root, 'a.ts'),
  )
  expect(find('', 'limbeck.config.ts', { ALEMBIC_CONFIG: 'alembic.ini' })).toBe(
    join(root, 'limbeck.config.ts'),
  )
})

test('an empty variable counts as unset', () => {
  write('package.json', 'limbeck.config.ts', 'alembic.ini')
  expect(find('', undefined, { LIMBECK_CONFIG: '', ALEMBIC_CONFIG: '' })).toBe(
    join(root, 'limbeck.config.ts'),
  )
  expect(find('', undefined, { LIMBECK_CONFIG: '', ALEMBIC_CONFIG: 'alembic.ini' })).toBe(
    join(root, 'alembic.ini'),
  )
})

test('an alembic.ini that nobody named is not read, but spoken of', () => {
  write('package.json', 'alembic.ini')
  expect(() => find()).toThrow(
    expect.objectContaining({
      code: 'CONFIG_NOT_FOUND',
      hint: expect.stringMatching(/`-c alembic\.ini`.*`limbeck init`/),
    }),
  )
})

test.each([
  ['--config', 'pyproject.toml', {}],
  ['ALEMBIC_CONFIG', undefined, { ALEMBIC_CONFIG: 'pyproject.toml' }],
])('a pyproject.toml named by %s is refused with what to do', (namedBy, path, env) => {
  write('package.json', 'limbeck.config.ts', 'pyproject.toml')
  expect(() => find('', path, env)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining(`pyproject.toml, named by ${namedBy}, is not read`),
      hint: expect.stringContaining('limbeck init'),
    }),
  )
})

test.each([
  ['limbeck.config.ts', true],
  ['a.mts', true],
  ['a.cjs', true],
  ['alembic.ini', false],
  ['config/alembic.cfg', false],
  ['ini', false],
])('%s is code: %s', (path, answer) => {
  expect(isModule(path)).toBe(answer)
})

test('a named file that is not there is an error that says who named it', () => {
  expect(() => find('', 'gone.ts')).toThrow(
    expect.objectContaining({
      code: 'CONFIG_NOT_FOUND',
      message: `The config ${join(root, 'gone.ts')} does not exist.`,
      hint: expect.stringContaining('--config'),
    }),
  )
})
