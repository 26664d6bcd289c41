import { expect, test } from 'vitest'
import { type Config, defineConfig } from '../../src/config/config.ts'
import { loadConfig } from '../../src/config/load.ts'
import { LimbeckError } from '../../src/errors.ts'

const path = '/project/limbeck.config.ts'

const load = (config: unknown, name?: string, at = path) =>
  loadConfig({ path: at, name, importModule: async () => ({ default: config }) })

const complaints = async (config: unknown): Promise<readonly string[]> => {
  const error = await load(config).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' })
  return (error as LimbeckError).facts.complaints as string[]
}

test('an empty config stands for the defaults', async () => {
  expect(await load(defineConfig({}))).toEqual({
    path,
    directory: '/project',
    name: undefined,
    scriptLocation: '/project/migrations',
    versionLocations: ['/project/migrations/versions'],
    recursiveVersionLocations: false,
    dialect: 'postgresql',
    url: undefined,
    namesUrl: false,
    embedded: undefined,
    offlineLedger: true,
    offlineGuards: true,
    scratch: undefined,
    versionTable: 'alembic_version',
    versionTableSchema: undefined,
    transactionPerMigration: false,
    waitLock: 60_000,
    lockTimeout: undefined,
    statementTimeout: undefined,
    lockRetry: 120_000,
    fileTemplate: '%(rev)s_%(slug)s',
    truncateSlugLength: 40,
    timezone: 'UTC',
    postWriteHooks: [],
    revisionEnvironment: false,
    options: {},
    sections: {},
    namingConvention: {},
    target: undefined,
    manage: [],
    manageRights: [],
    schemas: undefined,
    dropUnknown: true,
    online: false,
    hooks: {},
    openTelemetry: true,
    log: { level: 'info', sql: false, parameters: false, format: 'text' },
    warnings: [],
  })
})

test('paths start from the folder of the config', async () => {
  const config = await load({
    scriptLocation: 'db',
    versionLocations: ['db/a', '/elsewhere'],
    embedded: { directory: 'data' },
  })
  expect(config).toMatchObject({
    scriptLocation: '/project/db',
    versionLocations: ['/project/db/a', '/elsewhere'],
    embedded: { directory: '/project/data' },
  })
})

test('a config inside the script directory names that directory', async () => {
  const config = await load({}, undefined, '/project/migrations/limbeck.config.ts')
  expect(config.scriptLocation).toBe('/project/migrations')
})

test('a list of no version locations is that of the script directory', async () => {
  expect((await load({ versionLocations: [] })).versionLocations).toEqual([
    '/project/migrations/versions',
  ])
})

test('a resolved config is frozen', async () => {
  const config = await load({ embedded: true, schemas: ['a'] })
  const { log, embedded, schemas, manage, options, sections, warnings, postWriteHooks } = config
  const parts = [
    config,
    log,
    embedded,
    schemas,
    manage,
    options,
    sections,
    warnings,
    postWriteHooks,
  ]
  for (const part of parts) expect(Object.isFrozen(part)).toBe(true)
})

test('the kinds to manage become kinds of object', async () => {
  expect((await load({ manage: ['functions', 'views'] })).manage).toEqual(['routine', 'view'])
  expect((await load({ manage: 'all' })).manage).toBe('all')
})

test('scratchUrl and scratch.url mean the same', async () => {
  expect((await load({ scratchUrl: 'postgresql://s' })).scratch).toEqual({ url: 'postgresql://s' })
  expect((await load({ scratch: { url: 'postgresql://s' } })).scratch).toEqual({
    url: 'postgresql://s',
  })
  expect((await load({ scratch: { url: undefined } })).scratch).toBeUndefined()
})

test('a database by name differs from the rest of the config in what it says', async () => {
  const config: Config = {
    url: 'postgresql://main',
    versionTable: 'v',
    log: { sql: true },
    databases: { analytics: { url: 'postgresql://analytics', log: { level: 'debug' } } },
  }
  expect(await load(config, 'analytics')).toMatchObject({
    name: 'analytics',
    url: 'postgresql://analytics',
    versionTable: 'v',
    log: { sql: true, level: 'debug' },
  })
})

test('a database that says embedded does not inherit the URL, nor the other way round', async () => {
  const databases = { local: { embedded: true }, remote: { url: 'postgresql://r' } }
  expect(await load({ url: 'postgresql://main', databases }, 'local')).toMatchObject({
    url: undefined,
    namesUrl: false,
    embedded: {},
  })
  expect(await load({ embedded: true, databases }, 'remote')).toMatchObject({
    url: 'postgresql://r',
    embedded: undefined,
  })
})

test('an unknown database lists the known ones and names the nearest', async () => {
  await expect(load({ databases: { prod: {}, staging: {} } }, 'prdo')).rejects.toMatchObject({
    code: 'DATABASE_UNKNOWN',
    message: expect.stringContaining('prod, staging'),
    hint: 'Did you mean prod?',
  })
})

test('every complaint is listed', async () => {
  expect(
    await complaints({
      scriptlocation: './x',
      dialect: 'postgres',
      truncateSlugLength: '40',
      timezone: 'Mars/Phobos',
      manage: ['fuctions'],
      log: { levle: 'info' },
      databases: { a: { databases: {} }, b: 'postgresql://u:secret@h' },
    }),
  ).toEqual([
    'scriptlocation is not a key. Did you mean scriptLocation?',
    "dialect: expected 'postgresql' | 'sqlite' | 'mysql', got 'postgres'. Did you mean postgresql?",
    'truncateSlugLength: expected positive integer, got a string.',
    "timezone: there is no time zone 'Mars/Phobos'.",
    expect.stringContaining("got [ 'fuctions' ]. Did you mean functions?"),
    'log.levle is not a key. Did you mean level?',
    expect.stringMatching(/^databases.a.databases is not a key. Known here: scriptLocation, .*/),
    'databases.b: expected { keys }, got a string.',
  ])
})

test('every complaint about hooks, options and file names is listed', async () => {
  expect(
    await complaints({
      postWriteHooks: [
        { executable: 'biome', option: 'check' },
        { name: 'no program' },
        { executable: ' ', cwd: 7 },
        'biome check',
        () => {},
      ],
      options: { batch: 100, region: 'eu' },
      fileTemplate: '%(revision)s',
      databases: { a: { fileTemplate: '../%(rev)s', postWriteHooks: [{}], options: [] } },
    }),
  ).toEqual([
    'postWriteHooks[0].option is not a key. Did you mean options?',
    'postWriteHooks[1].executable is missing.',
    'postWriteHooks[2].executable: it is empty.',
    'postWriteHooks[2].cwd: expected string, got 7.',
    'postWriteHooks[3]: expected { executable, name, options, cwd } | function, got a string.',
    'options.batch: expected string, got 100.',
    expect.stringMatching(/^fileTemplate: %\(revision\) is not a token. Known are rev, slug, /),
    'databases.a.fileTemplate: it leads out of the version location with `..`.',
    'databases.a.postWriteHooks[0].executable is missing.',
    'databases.a.options: expected { [name]: string }, got a list.',
  ])
})

test('hooks, options and file names that are right are kept', async () => {
  const hook = () => {}
  const config = await load({
    postWriteHooks: [{ executable: 'biome', options: 'check --write' }, hook],
    options: { region: 'eu' },
    fileTemplate: '%(year)d/%(rev)s',
  })
  expect(config).toMatchObject({
    postWriteHooks: [{ executable: 'biome', options: 'check --write' }, hook],
    options: { region: 'eu' },
    fileTemplate: '%(year)d/%(rev)s',
    recursiveVersionLocations: true,
  })
})

test('new files are never written where nobody reads them', async () => {
  expect(
    await complaints({ fileTemplate: '%(year)d/%(rev)s', recursiveVersionLocations: false }),
  ).toEqual([expect.stringContaining('leaves unread')])
})

test.each([
  ['postgresql://h/d', 'postgresql'],
  ['postgres://h/d', 'postgresql'],
  ['postgresql+asyncpg://h/d', 'postgresql'],
  ['sqlite:///app.db', 'sqlite'],
  ['mysql+pymysql://h/d', 'mysql'],
  ['mariadb+mariadbconnector://h/d', 'mysql'],
  ['oracle://h/d', 'postgresql'],
])('the scheme of %s tells the dialect', async (url, dialect) => {
  expect(await load({ url })).toMatchObject({ dialect })
  expect(await load({ url, dialect: 'sqlite' })).toMatchObject({ dialect: 'sqlite' })
})

test('the scheme of --url counts before that of the config', async () => {
  const importModule = async () => ({ default: { url: 'postgresql://h/d' } })
  const config = await loadConfig({ path, url: 'sqlite:///app.db', importModule })
  expect(config.dialect).toBe('sqlite')
})

test('a URL of the wrong type is never repeated', async () => {
  expect(await complaints({ url: ['postgresql://app:hush@h/d'] })).toEqual([
    'url: expected string, got a list.',
  ])
})

test.each([
  [null, 'not null'],
  ['text', 'not a string'],
  [[], 'not a list'],
  [() => ({}), 'not a function'],
])('a default export that is not an object is refused: %s', async (config, message) => {
  await expect(load(config)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(message),
  })
})

test('a config without a default export says what is missing', async () => {
  const importModule = async () => ({ config: {} })
  await expect(loadConfig({ path, importModule })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: `The config ${path} has no default export.`,
  })
})

test('a config that throws keeps what it said', async () => {
  const importModule = () => Promise.reject(new TypeError('x is not a function'))
  await expect(loadConfig({ path, importModule })).rejects.toMatchObject({
    code: 'CONFIG_UNREADABLE',
    message: `The config ${path} cannot be loaded: x is not a function`,
    cause: expect.any(TypeError),
  })
})

test('where the config failed is among the facts', async () => {
  const facts = { path, line: 3, column: 5 }
  const error = new LimbeckError('SCRIPT_LOAD_FAILED', `${path}:3:5: x is not defined`, { facts })
  await expect(
    loadConfig({ path, importModule: () => Promise.reject(error) }),
  ).rejects.toMatchObject({
    code: 'CONFIG_UNREADABLE',
    message: `The config ${path} cannot be loaded: ${path}:3:5: x is not defined`,
    facts: { config: path, line: 3, column: 5 },
  })
})

test('another error of limbeck raised inside the config stays as it is', async () => {
  const error = new LimbeckError('SECRET_UNAVAILABLE', 'no')
  await expect(loadConfig({ path, importModule: () => Promise.reject(error) })).rejects.toBe(error)
})
