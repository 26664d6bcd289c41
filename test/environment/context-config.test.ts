import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { heads } from '../../src/commands/heads.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { openProject, type ProjectInput } from '../../src/environment/project.ts'
import { runEnvironment } from '../../src/environment/run-environment.ts'
import type { ContextConfig } from '../../src/runtime/context-config.ts'
import { createProject, type TestProject } from '../support/project.ts'

const url = 'postgresql://app:hunter2secret@nowhere.invalid/shop'

let project: TestProject
beforeEach(() => {
  project = createProject(url)
})
afterEach(() => project.remove())

/** What `context.config` is for this project. */
async function configOf(input: ProjectInput = {}): Promise<ContextConfig> {
  let config: ContextConfig | undefined
  await runEnvironment({
    project: await openProject({ ...project.input, ...input }),
    environment: {
      path: undefined,
      target: undefined,
      runMigrationsOnline: async () => {},
      runMigrationsOffline: async context => {
        config = context.config
        await context.runMigrations()
      },
    },
    isOffline: true,
    work: async () => {},
  })
  return config!
}

const ini = `[alembic]
script_location = %(here)s/migrations
sqlalchemy.url = ${url}
shard = main

[loggers]
keys = root

[billing]
script_location = %(here)s/migrations
sqlalchemy.url = postgresql://nowhere.invalid/billing
shard = second
`

describe('the config of env.ts', () => {
  test('has the words of the project, and the keys under both of their names', async () => {
    project.configure({ options: { team: 'billing' }, versionTableSchema: 'meta' })
    const config = await configOf()
    expect(config.configFileName).toBe(`${project.folder}/limbeck.config.ts`)
    expect(config.getMainOption('team')).toBe('billing')
    for (const name of ['scriptLocation', 'script_location'])
      expect(config.getMainOption(name)).toBe(`${project.folder}/migrations`)
    expect(config.getMainOption('version_table_schema')).toBe('meta')
    expect(config.getMainOption('versionTable')).toBe('alembic_version')
    expect(config.getMainOption('transaction_per_migration')).toBe('false')
    expect(config.getMainOption('log.level')).toBe('info')
  })

  test('gives the default, or undefined, for what is not there', async () => {
    const config = await configOf()
    expect(config.getMainOption('nowhere')).toBeUndefined()
    expect(config.getMainOption('constructor')).toBeUndefined()
    expect(config.getMainOption('nowhere', 'x')).toBe('x')
    expect(config.getSection('nowhere')).toBeUndefined()
    expect(config.getSection('nowhere', { a: 'b' })).toEqual({ a: 'b' })
    expect(config.getSectionOption('nowhere', 'a')).toBeUndefined()
    expect(config.getSectionOption('nowhere', 'a', 'b')).toBe('b')
  })

  test('has the options of each database as a section, and those of -n as its own', async () => {
    project.configure({
      options: { shard: 'main' },
      databases: { billing: { options: { shard: 'second' } } },
    })
    const main = await configOf()
    expect(main.getSection(main.configIniSection)).toEqual({ shard: 'main' })
    expect(main.getSectionOption('billing', 'shard')).toBe('second')
    const billing = await configOf({ name: 'billing' })
    expect(billing.configIniSection).toBe('billing')
    expect(billing.getMainOption('shard')).toBe('second')
  })

  test('is an alembic.ini, section by section', async () => {
    const config = await configOf({ config: project.write('alembic.ini', ini) })
    expect(config.configFileName).toBe(`${project.folder}/alembic.ini`)
    expect(config.getMainOption('shard')).toBe('main')
    expect(config.getMainOption('script_location')).toBe(`${project.folder}/migrations`)
    expect(config.getMainOption('sqlalchemy.url')).toBe(url)
    expect(config.getSection(config.configIniSection)).toMatchObject({ shard: 'main' })
    expect(config.getSection('billing')).toMatchObject({ shard: 'second' })
    expect(config.getSectionOption('billing', 'sqlalchemy.url')).toBe(
      'postgresql://nowhere.invalid/billing',
    )
  })
})

describe('the URL of the config', () => {
  test('is the one that connect would take', async () => {
    const config = await configOf()
    for (const name of ['url', 'sqlalchemy.url']) expect(config.getMainOption(name)).toBe(url)
    expect((await configOf({ url: 'postgresql://elsewhere/x' })).getMainOption('url')).toBe(
      'postgresql://elsewhere/x',
    )
    project.configure({ url: undefined })
    const env = { DATABASE_URL: 'postgresql://variable/x' }
    expect((await configOf({ env })).getMainOption('url')).toBe('postgresql://variable/x')
    expect((await configOf({ env: {} })).getMainOption('url')).toBeUndefined()
  })

  test('can be set, and is where connect then goes', async () => {
    const config = await configOf()
    config.setMainOption('sqlalchemy.url', 'postgresql://127.0.0.1:1/set')
    expect(config.getMainOption('url')).toBe('postgresql://127.0.0.1:1/set')
    project.writeRevision({ id: 'a' })
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
  context.config.setMainOption('sqlalchemy.url', 'postgresql://127.0.0.1:1/set')
  await context.runMigrations()
}`,
    )
    await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
      code: 'CONNECTION_REFUSED',
    })
  })

  test('is not printed with the config', async () => {
    const config = await configOf({ config: project.write('alembic.ini', ini) })
    config.setMainOption('url', url)
    expect(inspect(config, { depth: 9, showHidden: true })).not.toContain('hunter2secret')
    expect(JSON.stringify(config)).not.toContain('hunter2secret')
  })
})

test('an option of the project can be set for a run, a key of limbeck cannot', async () => {
  const config = await configOf()
  config.setMainOption('tenant', 'acme')
  expect(config.getMainOption('tenant')).toBe('acme')
  expect(config.getSection(config.configIniSection)).toEqual({ tenant: 'acme' })
  expect(() => config.setMainOption('script_location', 'elsewhere')).toThrow(
    'script_location was read before env.ts',
  )
})

test('attributes go from the caller to env.ts and back', async () => {
  const attributes = { tenant: 'acme' }
  const config = await configOf({ attributes })
  expect(config.attributes).toBe(attributes)
  expect((await configOf()).attributes).toEqual({})
  expect((await heads({ ...project.input, attributes })).revisions).toEqual([])
})
