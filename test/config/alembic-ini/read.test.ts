import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config/load.ts'
import type { LimbeckError } from '../../../src/errors.ts'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'limbeck-ini-')))
})
afterEach(() => rmSync(root, { recursive: true }))

/** The config that a file gives, run from the folder `work`, which is not the file's. */
function load(text: string | Buffer, name?: string, folder = '.') {
  const path = join(root, folder, 'alembic.ini')
  mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(path, text)
  const importModule = () => Promise.reject(new Error('nothing is imported'))
  return loadConfig({ path, name, cwd: join(root, 'work'), importModule })
}

/** `[alembic]` with these lines and the one that it must have. */
const main = (...lines: string[]) => load(['[alembic]', 'script_location = m', ...lines].join('\n'))

const errorOf = async (loading: Promise<unknown>): Promise<LimbeckError> => {
  const error = await loading.then(() => undefined).catch((reason: unknown) => reason)
  return error as LimbeckError
}

const complaintsAbout = async (...lines: string[]) => {
  const error = await errorOf(main(...lines))
  expect(error).toMatchObject({ code: 'CONFIG_INVALID' })
  return error.facts.complaints as string[]
}

test('the file that Alembic writes is read, and what has no counterpart is said once', async () => {
  const config = await load(readFileSync(new URL('stock.ini', import.meta.url)))
  expect(config).toMatchObject({
    path: join(root, 'alembic.ini'),
    directory: root,
    name: undefined,
    scriptLocation: join(root, 'migrations'),
    versionLocations: [join(root, 'migrations/versions')],
    dialect: 'postgresql',
    url: undefined,
    namesUrl: false,
    versionTable: 'alembic_version',
    fileTemplate: '%(rev)s_%(slug)s',
    postWriteHooks: [],
    log: { level: 'info', sql: false, parameters: false, format: 'text' },
  })
  expect(config.warnings).toEqual([
    `${join(root, 'alembic.ini')}: not read, since limbeck has no counterpart: prepend_sys_path, [handlers], [formatters], [handler_console], [formatter_generic]. docs/guide/coming-from-alembic.md says what is there instead.`,
  ])
})

test('the whole file can be read by env.ts, as ConfigParser gives it', async () => {
  const config = await load(readFileSync(new URL('stock.ini', import.meta.url)))
  expect(config.options).toEqual({
    here: root,
    script_location: `${root}/migrations`,
    prepend_sys_path: '.',
    path_separator: 'os',
    'sqlalchemy.url': 'driver://user:pass@localhost/dbname',
  })
  expect(config.sections.alembic).toEqual(config.options)
  expect(config.sections.logger_alembic).toEqual({
    here: root,
    level: 'INFO',
    handlers: '',
    qualname: 'alembic',
  })
  expect(config.sections.formatter_generic).toMatchObject({
    format: '%(levelname)-5.5s [%(name)s] %(message)s',
    datefmt: '%H:%M:%S',
  })
})

test('every key with a counterpart is taken over', async () => {
  const config = await main(
    'file_template = %%(year)d/%%(rev)s_%%(slug)s',
    'timezone = europe/berlin',
    'truncate_slug_length = 20',
    'revision_environment = Yes',
    'recursive_version_locations = true',
    'sqlalchemy.url = postgresql+asyncpg://app:p%%40ss@db/shop',
    'region = eu',
  )
  expect(config).toMatchObject({
    fileTemplate: '%(year)d/%(rev)s_%(slug)s',
    timezone: 'europe/berlin',
    truncateSlugLength: 20,
    revisionEnvironment: true,
    recursiveVersionLocations: true,
    dialect: 'postgresql',
    url: 'postgresql+asyncpg://app:p%40ss@db/shop',
    namesUrl: true,
    options: { region: 'eu' },
    warnings: [],
  })
})

test('paths start from the folder of the process, and from %(here)s where they say so', async () => {
  const text = '[alembic]\nscript_location = db/m\nversion_locations = a, %(here)s/b /c'
  expect(await load(text, undefined, 'project')).toMatchObject({
    scriptLocation: join(root, 'work/db/m'),
    versionLocations: [join(root, 'work/a'), join(root, 'project/b'), '/c'],
  })
})

test('a percent sign in the path of the file is one', async () => {
  const config = await load('[alembic]\nscript_location = %(here)s/m', undefined, '50%(off)s')
  expect(config.scriptLocation).toBe(join(root, '50%(off)s/m'))
})

test.each([
  ['path_separator = os', ['a b', 'c'].join(delimiter), ['a b', 'c']],
  ['path_separator = :', 'a b:c: ', ['a b', 'c']],
  ['path_separator = ;', 'a;b , c', ['a', 'b , c']],
  ['path_separator = space', 'a  b', ['a', 'b']],
  ['path_separator = newline', '\n  a b\n\n  c', ['a b', 'c']],
  ['version_path_separator = ;', 'a b;c', ['a b', 'c']],
  ['path_separator = ;\nversion_path_separator = space', 'a b;c', ['a b', 'c']],
  ['', 'a b, c,d', ['a', 'b', 'c', 'd']],
  ['', '\n  a\n  b', ['a', 'b']],
])('with "%s" version locations are parted so', async (separator, value, locations) => {
  const config = await main(separator, `version_locations = ${value}`)
  expect(config.versionLocations).toEqual(locations.map(name => join(root, 'work', name)))
})

test('a hook that is a program is run where Alembic would run it', async () => {
  const config = await main(
    '[post_write_hooks]',
    'hooks = format, lint black,mine',
    'format.type = exec',
    'format.executable = %(here)s/bin/format',
    'format.options = --fix "REVISION_SCRIPT_FILENAME"',
    'lint.type = exec',
    'lint.executable = ./lint',
    'lint.cwd = sub',
    'black.type = console_scripts',
    'black.entrypoint = black',
    'mine.type = mine',
    'unused.type = exec',
  )
  expect(config.postWriteHooks).toEqual([
    {
      name: 'format',
      executable: join(root, 'bin/format'),
      options: '--fix "REVISION_SCRIPT_FILENAME"',
      cwd: join(root, 'work'),
    },
    {
      name: 'lint',
      executable: join(root, 'work/lint'),
      options: undefined,
      cwd: join(root, 'work/sub'),
    },
  ])
  expect(config.warnings).toEqual([
    expect.stringContaining(
      'counterpart: the hook black (type console_scripts), the hook mine (type mine).',
    ),
  ])
})

test.each([
  ['[logger_alembic]\nlevel = DEBUG', { level: 'debug', sql: false }],
  ['[logger_alembic]\nlevel = warn', { level: 'warning', sql: false }],
  ['[logger_alembic]\nlevel = CRITICAL', { level: 'error', sql: false }],
  ['[logger_root]\nlevel = ERROR\n[logger_alembic]\nlevel = NOTSET', { level: 'error' }],
  ['[logger_sqlalchemy]\nlevel = INFO', { level: 'info', sql: true }],
  ['[logger_sqlalchemy]\nlevel = DEBUG', { level: 'info', sql: true }],
  ['[logger_sqlalchemy]\nlevel = WARN', { level: 'info', sql: false }],
])('the levels of loggers are taken over: %s', async (text, log) => {
  expect((await main(text)).log).toMatchObject(log)
})

test.each(['', 'driver://user:pass@localhost/dbname'])(
  'a URL that nobody has written yet leaves the environment to say: %j',
  async url => {
    expect(await main(`sqlalchemy.url = ${url}`)).toMatchObject({ url: undefined, namesUrl: false })
  },
)

test.each([
  ['sqlite:///%(here)s/app.db', 'sqlite'],
  ['mysql+pymysql://app@db/shop', 'mysql'],
  ['postgresql+psycopg2://app@db/shop', 'postgresql'],
])('%s tells the dialect', async (url, dialect) => {
  expect(await main(`sqlalchemy.url = ${url}`)).toMatchObject({ dialect })
})

test('everything without a counterpart is named in one warning', async () => {
  const { warnings } = await main(
    'output_encoding = utf-8',
    'sourceless = true',
    'prepend_sys_path = . lib',
    'sqlalchemy.pool_size = 5',
    'mine = yes',
  )
  expect(warnings).toEqual([
    expect.stringContaining(
      'counterpart: output_encoding, sourceless, prepend_sys_path, sqlalchemy.pool_size. ',
    ),
  ])
})

const several = `[alembic]
script_location = m
databases = orders, users
truncate_slug_length = 9

[orders]
sqlalchemy.url = postgresql://db/orders

[apart]
script_location = elsewhere
`

test('-n chooses another section, with nothing of the first', async () => {
  expect(await load(several, 'apart')).toMatchObject({
    name: 'apart',
    scriptLocation: join(root, 'work/elsewhere'),
    truncateSlugLength: 40,
    options: { here: root, script_location: 'elsewhere' },
  })
})

test('a section that `databases` lists says only what differs', async () => {
  expect(await load(several, 'orders')).toMatchObject({
    scriptLocation: join(root, 'work/m'),
    truncateSlugLength: 9,
    url: 'postgresql://db/orders',
  })
})

test.each(['aprat', 'users', 'DEFAULT', '__proto__'])(
  'a section that is not there is named, with those that are: %s',
  async name => {
    const error = await errorOf(load(several, name))
    expect(error).toMatchObject({
      code: 'DATABASE_UNKNOWN',
      message: `The config ${join(root, 'alembic.ini')} has no section [${name}]: it has [alembic], [orders], [apart].`,
    })
    if (name === 'aprat') expect(error.hint).toBe('Did you mean apart?')
  },
)

test('a file without [alembic] says what it has', async () => {
  expect(await errorOf(load(''))).toMatchObject({
    message: expect.stringMatching(/has no section \[alembic\]: it has none\.$/),
    hint: expect.stringContaining('-n NAME'),
  })
})

test('what is wrong is listed, each with its key', async () => {
  const error = await errorOf(
    load(`[alembic]
scriptlocation = m
path_separator = constructor
file_template = %%(revision)s
timezone = Mars/Olympus
truncate_slug_length = forty
revision_environment = perhaps
recursive_version_locations = True
sqlalchemy.url = mssql+pyodbc://app:hunter2@db/shop
[post_write_hooks]
hooks = a b
a.executable = x
b.type = exec
[logger_alembic]
level = LOUD
`),
  )
  expect(error.code).toBe('CONFIG_INVALID')
  expect(error.facts.complaints).toEqual([
    'a.type in [post_write_hooks] is missing: the hook a needs it.',
    'b.executable in [post_write_hooks] is missing: the hook b needs it.',
    expect.stringMatching(
      /^script_location in \[alembic\] is missing\. Is it what scriptlocation shall say/,
    ),
    'path_separator in [alembic] is not one of os, :, ;, space, newline.',
    expect.stringMatching(/^file_template in \[alembic\] cannot be used: .*Known are rev, slug/),
    'truncate_slug_length in [alembic] is no positive number.',
    'timezone in [alembic] names no time zone: Mars/Olympus.',
    'revision_environment in [alembic] is neither true nor false.',
    'recursive_version_locations in [alembic] is neither true nor false.',
    'sqlalchemy.url in [alembic] is of mssql, a kind of database that limbeck does not speak.',
    expect.stringMatching(/^level in \[logger_alembic\] is not one of DEBUG, INFO, /),
  ])
  expect(error.message).not.toContain('hunter2')
})

test('a place inside a Python package is refused with the way to write it', async () => {
  expect(await complaintsAbout('version_locations = shop:migrations/versions')).toEqual([
    expect.stringMatching(
      /^version_locations .* Python package, shop:migrations\/versions, .*here/,
    ),
  ])
})

test('new files are never written where nobody reads them', async () => {
  expect(
    await complaintsAbout(
      'file_template = %%(year)d/%%(rev)s',
      'recursive_version_locations = false',
    ),
  ).toEqual(['file_template in [alembic] needs recursive_version_locations: it holds a folder.'])
})

test.each([
  'sqlalchemy.url = postgresql://app:hunter%2@db/shop',
  'sqlalchemy.url = postgresql://app:%(hunter2)s@db/shop',
  'password = hunter%2\nsqlalchemy.url = postgresql://app:%(password)s@db/shop',
])('a percent sign in a password has to be doubled, and is not shown: %s', async lines => {
  const [complaint, ...more] = await complaintsAbout(lines)
  expect(complaint).toMatch(/^sqlalchemy\.url in \[alembic\] .*is written `%%`\.$/)
  expect(complaint).not.toContain('hunter')
  expect(more).toEqual([])
})

test('a file template whose percent signs are not doubled is told so', async () => {
  expect(await complaintsAbout('file_template = %(rev)s_%(slug)s')).toEqual([
    expect.stringMatching(/^file_template in \[alembic\] names a key .* is written `%%`\.$/),
  ])
})

test('a file that is not UTF-8 is told so', async () => {
  expect(await errorOf(load(Buffer.from('[alembic]\n# caf\xe9', 'latin1')))).toMatchObject({
    code: 'CONFIG_UNREADABLE',
    message: expect.stringContaining('it is not UTF-8'),
  })
})

test('a byte order mark is passed over', async () => {
  expect(await load('\ufeff[alembic]\nscript_location = m')).toMatchObject({ options: {} })
})
