import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { init } from '../../src/commands/init.ts'
import { drivers } from '../../src/commands/init-project.ts'

let cwd: string

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-init-')))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const at = (...path: string[]) => join(cwd, ...path)
const read = (...path: string[]) => readFileSync(at(...path), 'utf8')
const write = (path: string, content: string) => writeFileSync(at(path), content)
const everything = () => readdirSync(cwd, { recursive: true }).map(String).sort()

test('a project gets a config, a script directory and .gitignore', async () => {
  const result = await init({ cwd })
  expect(everything()).toEqual([
    '.gitignore',
    'limbeck.config.ts',
    'migrations',
    'migrations/README.md',
    'migrations/env.ts',
    'migrations/script.ts.template',
    'migrations/versions',
  ])
  expect(result).toMatchObject({ directory: at('migrations'), config: at('limbeck.config.ts') })
  expect(result.written.toSorted()).toEqual(
    everything()
      .filter(path => path !== 'migrations')
      .map(path => at(path)),
  )
  expect([result.changed, result.skipped]).toEqual([[], []])
})

test('the config names the script directory relative to itself', async () => {
  mkdirSync(at('app'))
  await init({ cwd, directory: 'db/migrations', config: 'app/limbeck.config.ts' })
  expect(read('app/limbeck.config.ts')).toContain("scriptLocation: '../db/migrations'")
  expect(existsSync(at('db/migrations/versions'))).toBe(true)
})

test('the environment names the URL unless the project is to be embedded', async () => {
  await init({ cwd })
  expect(read('limbeck.config.ts')).toContain('url: environmentVariables()')
  rmSync(at('limbeck.config.ts'))
  await init({ cwd, directory: 'other', embedded: true })
  expect(read('limbeck.config.ts')).toContain('embedded: true')
  expect(read('limbeck.config.ts')).not.toContain('import { defineConfig, environmentVariables }')
})

test('no placeholder is left in the config', async () => {
  await init({ cwd })
  expect(read('limbeck.config.ts')).not.toMatch(/\{\{|undefined/)
})

test('a folder that is not empty is refused, and nothing is written', async () => {
  mkdirSync(at('migrations'))
  write('migrations/mine.txt', 'mine')
  const before = everything()
  await expect(init({ cwd })).rejects.toMatchObject({
    code: 'DIRECTORY_NOT_EMPTY',
    message: expect.stringContaining(at('migrations')),
  })
  expect(everything()).toEqual(before)
})

test('an empty folder is taken, a file in its place is refused', async () => {
  mkdirSync(at('migrations'))
  await init({ cwd })
  expect(existsSync(at('migrations/env.ts'))).toBe(true)
  write('file', '')
  await expect(init({ cwd, directory: 'file' })).rejects.toMatchObject({
    message: `${at('file')} is a file; nothing was written.`,
  })
})

test('a config that is there stays as it is', async () => {
  write('limbeck.config.ts', '// mine')
  const { skipped } = await init({ cwd })
  expect(read('limbeck.config.ts')).toBe('// mine')
  expect(skipped).toEqual([
    {
      path: at('limbeck.config.ts'),
      reason: 'it is there already; its scriptLocation should be ./migrations',
    },
  ])
})

test('an alembic.ini that is there stays as it is, and no other is written', async () => {
  write('alembic.ini', '[alembic]\n')
  const { skipped } = await init({ cwd, config: 'alembic.ini', directory: 'db' })
  expect(read('alembic.ini')).toBe('[alembic]\n')
  expect(skipped).toMatchObject([
    { reason: 'it is there already; its script_location should be %(here)s/db' },
  ])
  await expect(init({ cwd, config: 'new.ini', directory: 'other' })).rejects.toMatchObject({
    code: 'USAGE',
    message: expect.stringContaining('new.ini'),
  })
  expect([existsSync(at('new.ini')), existsSync(at('other'))]).toEqual([false, false])
})

test('a config in JavaScript is a config, and its URL is its own business', async () => {
  write('limbeck.config.mjs', 'export default {}')
  const { skipped, next } = await init({ cwd })
  expect(skipped).toMatchObject([{ path: at('limbeck.config.mjs') }])
  expect(existsSync(at('limbeck.config.ts'))).toBe(false)
  expect(next.join()).not.toContain('DATABASE_URL')
})

test('the embedded driver is added for development, in the style of the file', async () => {
  write('package.json', '{\n\t"name": "x",\n\t"devDependencies": {\n\t\t"vitest": "4"\n\t}\n}\n')
  const { changed, next } = await init({ cwd, embedded: true })
  expect(read('package.json')).toBe(
    '{\n\t"name": "x",\n\t"devDependencies": {\n\t\t"@electric-sql/pglite": "^0.5.0",\n\t\t"vitest": "4"\n\t}\n}\n',
  )
  expect(changed).toEqual([at('package.json')])
  expect(next[0]).toBe('npm install')
})

test('pg is added where limbeck stands', async () => {
  write('package.json', JSON.stringify({ dependencies: { limbeck: 'file:l.tgz' } }))
  await init({ cwd })
  expect(JSON.parse(read('package.json')).dependencies).toEqual({
    limbeck: 'file:l.tgz',
    pg: '^8.23.0',
  })
})

test('a driver that is listed already is left alone', async () => {
  const text = '{"devDependencies":{"pg":"8.24.0"}}'
  write('package.json', text)
  expect((await init({ cwd })).changed).toEqual([])
  expect(read('package.json')).toBe(text)
})

test('without package.json the driver is something to do next', async () => {
  const { next } = await init({ cwd, embedded: true })
  expect(next[0]).toBe('npm install --save-dev "@electric-sql/pglite@^0.5.0"')
  expect(existsSync(at('package.json'))).toBe(false)
})

test('.gitignore gets one line once', async () => {
  write('.gitignore', 'node_modules')
  await init({ cwd })
  await init({ cwd, directory: 'other' })
  expect(read('.gitignore')).toBe('node_modules\n.limbeck/\n')
})

test('the drivers are in the versions that the package accepts', () => {
  const accepted: Record<string, string> = packageJson.peerDependencies
  for (const { name, range } of Object.values(drivers)) {
    expect(accepted[name]).toMatch(new RegExp(`^>=${range.slice(1).replaceAll('.', '\\.')} `))
  }
})
