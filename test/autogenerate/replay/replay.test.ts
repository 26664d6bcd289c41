import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../../src/commands/check.ts'
import { revision } from '../../../src/commands/revision.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import { limbeckIn } from '../../support/command-line.ts'
import { shareEmbeddedCache } from '../../support/embedded-cache.ts'
import { createProject, type TestProject } from '../../support/project.ts'

/** Where nothing listens: a command that goes there fails. */
const nowhere = 'postgresql://app:secret@127.0.0.1:1/nothing'

let project: TestProject

beforeEach(() => {
  project = createProject(nowhere)
  project.write('limbeck.config.ts', 'export default {}\n')
  shareEmbeddedCache(project.folder)
})

afterEach(() => project.remove())

let models = 0

/** Each time another file: a process imports a module once. */
function writeModels(body: string, environment = ''): void {
  const file = `models-${++models}.ts`
  project.write(file, `import * as l from 'limbeck'\nimport { sql } from 'limbeck'\n${body}\n`)
  project.write(
    'migrations/env.ts',
    `${environment}\nexport const target = () => import('../${file}')\n`,
  )
}

const users = `export const users = l.table('users', {
  id: l.integer().primaryKey().identity(),
  email: l.varchar(255).notNull(),
})`

const createUsers = {
  id: 'aaa1',
  upgrade: `  op.createTable('users', {
    id: integer().primaryKey().identity(),
  })`,
  downgrade: `  op.dropTable('users')`,
}

const propose = (options = {}) =>
  revision({ ...project.input, autogenerate: true, replay: true, message: 'change', ...options })

const checked = () => check({ ...project.input, replay: true })

const failure = async (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable(),
    error => error,
  )

const upgradeOf = (path: string | undefined) =>
  /upgrade\(op: Op\) \{\n(.*?)\n\}/s.exec(readFileSync(path!, 'utf8'))![1]

/** Each command makes two databases in this process, on a machine that may have other things to do. */
const patience = { timeout: 300_000 }

describe('without a server', patience, () => {
  test('models are compared with what the revisions make, and the proposal is proved', async () => {
    project.writeRevision(createUsers)
    writeModels(users)
    const result = await propose()
    expect(upgradeOf(result.path)).toBe(
      `  op.addColumn('users', { email: varchar(255).notNull() })`,
    )
    expect(result).toMatchObject({
      downRevisions: ['aaa1'],
      downgradeLabel: 'exact',
      proof: ['upgrade reaches the models', 'downgrade restores the database exactly'],
      scratch: { kind: 'embedded', version: expect.stringMatching(/^18\.\d+$/) },
      replay: { revisions: 1, notCalled: [] },
    })
    expect(await checked()).toMatchObject({ pending: [], replay: { revisions: 2 } })
    expect((await propose()).path).toBeUndefined()
    expect(readdirSync(join(project.folder, 'migrations/versions'))).toHaveLength(2)
  })

  test('no URL is looked at and no secret fetched, whatever env.ts and the config say', async () => {
    project.configure({ url: nowhere, scratch: 'server' })
    project.writeRevision(createUsers)
    writeModels(
      users,
      `import { awsSecret, type MigrationContext } from 'limbeck'
const getSecretValue = () => { throw new Error('fetched') }
export async function runMigrationsOnline(context: MigrationContext) {
  const url = await awsSecret({ secretName: 'prod/shop', getSecretValue })
  await context.connect({ url })
  await context.connect({ url: () => { throw new Error('asked') } })
  await context.runMigrations()
}`,
    )
    expect((await checked()).pending).toMatchObject([{ kind: 'addColumn' }])
  })

  test('an environment with clients of its own can tell, and its statements run in the replay', async () => {
    project.writeRevision({ id: 'aaa1', upgrade: `  op.execute('CREATE TABLE app.users ()')` })
    writeModels(
      `export const users = l.table('users', {}, { schema: 'app' })`,
      `import type { MigrationContext } from 'limbeck'
export async function runMigrationsOnline(context: MigrationContext) {
  if (!context.isReplayMode()) throw new Error('no client')
  context.configure({ connection: {} })
  await context.execute('CREATE SCHEMA app')
  await context.runMigrations()
}`,
    )
    expect((await checked()).pending).toEqual([])
  })

  test('filters of env.ts hold as they do with a database', async () => {
    project.writeRevision(createUsers)
    writeModels(
      users,
      `import type { MigrationContext } from 'limbeck'
export async function runMigrationsOnline(context: MigrationContext) {
  context.configure({ includeObject: (object, name) => name !== 'email' })
  await context.runMigrations()
}`,
    )
    expect((await checked()).pending).toEqual([])
  })

  test('the version table and the schema it is in are as the config says', async () => {
    project.write(
      'limbeck.config.ts',
      `export default { versionTable: 'moves', versionTableSchema: 'ops', databases: { shop: { schemas: ['ops'] }, other: {} } }`,
    )
    project.writeRevision(createUsers)
    writeModels(users)
    const named = await check({ ...project.input, name: 'shop', replay: true })
    expect(named.pending.map(change => change.description)).toEqual(['+ column users.email'])
  })

  test('every head is replayed', async () => {
    project.writeRevision(createUsers)
    project.writeRevision({ id: 'bbb1', upgrade: `  op.execute('CREATE TABLE other ()')` })
    writeModels(`${users}\nexport const other = l.table('other', {})`)
    expect(await checked()).toMatchObject({
      pending: [{ kind: 'addColumn' }],
      replay: { revisions: 2 },
    })
    expect(await failure(propose())).toMatchObject({ code: 'MULTIPLE_HEADS' })
    expect(await propose({ head: 'aaa1' })).toMatchObject({ downRevisions: ['aaa1'] })
  })
})

describe('code of op.run', patience, () => {
  const rows = `export const rows = l.table('rows', { id: l.integer().primaryKey(), n: l.integer() })
export const made = l.table('made', { n: l.integer() })`

  const withCode = (options: string) => ({
    id: 'aaa1',
    upgrade: `  op.createTable('rows', { id: integer().primaryKey(), n: integer() })
  op.execute('INSERT INTO rows VALUES (1, 1)')
  op.backfill('rows', { set: { n: sql\`n + 1\` } })
  op.run(async ({ connection }) => {
    await connection.query('CREATE TABLE made (n integer)')
  }, ${options})`,
  })

  test('is not called, which is said with its place', async () => {
    project.writeRevision(withCode('{}'))
    writeModels(rows)
    const result = await propose({ message: 'made' })
    expect(result.changes).toEqual([expect.stringContaining('table made')])
    const place = join(project.folder, 'migrations/versions/aaa1_test.ts:17:6')
    expect(result.replay).toEqual({ revisions: 1, notCalled: [place] })
  })

  test('is called where it says that it may be', async () => {
    project.writeRevision(withCode('{ scratch: true }'))
    writeModels(rows)
    expect(await checked()).toMatchObject({ pending: [], replay: { notCalled: [] } })
  })
})

describe('a history that does not replay', patience, () => {
  test('is said with revision, place, statement and what the server said, and nothing is written', async () => {
    project.writeRevision(createUsers)
    project.writeRevision({
      id: 'bbb1',
      down: 'aaa1',
      upgrade: `  op.run(async () => {})\n  op.execute('ALTER TABLE missing ADD n integer')`,
    })
    writeModels(users)
    const error = await failure(propose())
    const place = 'migrations/versions/bbb1_test.ts'
    expect(error.message).toBe(
      `The revisions cannot be replayed: bbb1 fails at ${place}:15:6: relation "missing" does not exist\n  statement: ALTER TABLE missing ADD n integer`,
    )
    expect(error).toMatchObject({
      code: 'REPLAY_FAILED',
      facts: {
        revision: 'bbb1',
        path: place,
        line: 15,
        sqlstate: '42P01',
        notCalled: [join(project.folder, `${place}:14:6`)],
      },
    })
    expect(error.hint).toContain('{ scratch: true }')
    expect(readdirSync(join(project.folder, 'migrations/versions'))).toHaveLength(2)
  })

  test('for the want of an extension names the package that has it', async () => {
    const message = `CREATE EXTENSION postgis`
    project.writeRevision({ id: 'aaa1', upgrade: `  op.execute('${message}')` })
    writeModels(users)
    expect(await failure(checked())).toMatchObject({
      code: 'REPLAY_FAILED',
      hint: 'Run `npm install @electric-sql/pglite-postgis`.',
    })
    project.writeRevision({ id: 'aaa1', upgrade: `  op.createExtension('postgis')` })
    expect(await failure(checked())).toMatchObject({
      code: 'REQUIREMENTS_MISSING',
      facts: { extensions: ['postgis'] },
      hint: 'Run `npm install @electric-sql/pglite-postgis`.',
    })
  })
})

test('extensions that come with PGlite and roles that revisions name are there', async () => {
  project.writeRevision({
    id: 'aaa1',
    upgrade: `  op.createExtension('citext')
  op.execute('CREATE EXTENSION pg_trgm')
  op.execute('CREATE TABLE users (email citext)')
  op.execute("SELECT similarity('a', 'b')")
  op.execute('GRANT SELECT ON users TO "the reader", writer')
  op.execute('CREATE ROLE made')
  op.grant('select', { on: { table: 'users' }, to: 'made' })`,
  })
  writeModels(`export const users = l.table('users', { email: l.type('public.citext') })`)
  expect((await checked()).pending).toEqual([])
})

describe('on the command line', patience, () => {
  test('check says what revisions lack, with status 3, and that they lack nothing, with 0', async () => {
    project.writeRevision({
      ...createUsers,
      upgrade: `${createUsers.upgrade}\n  op.run(async () => {})`,
    })
    writeModels(users)
    const different = await limbeckIn(project.folder, ['check', '--replay'])
    expect(different).toMatchObject({
      status: 3,
      stdout: [
        '  replayed except run at migrations/versions/aaa1_test.ts:17:6',
        '  + column users.email',
        '',
      ].join('\n'),
    })
    expect(different.stderr).toMatch(/^INFO {2}Scratch PGlite 18\.\d+$/m)
    expect(different.stderr).toContain(
      'What the revisions make is one change away from what the target says.',
    )
    const written = await limbeckIn(project.folder, [
      ...['revision', '--autogenerate', '--replay', '-m', 'email'],
    ])
    expect(written.stdout).toContain(
      '  proved except run at migrations/versions/aaa1_test.ts:17:6: upgrade reaches the models · downgrade restores the database exactly\n',
    )
    const same = await limbeckIn(project.folder, ['check', '--replay', '--json'])
    expect(same.status).toBe(0)
    expect(JSON.parse(same.stdout)).toMatchObject({
      pending: [],
      scratch: { kind: 'embedded' },
      replay: { revisions: 2 },
    })
  })

  test.each([
    ['check --replay --url postgresql://localhost/x', '--url names a database'],
    ['revision --replay -m x', 'says what is compared, and nothing is'],
    ['revision --autogenerate --replay --sql', 'which --sql does not connect to'],
  ])('%s is refused', async (line, sentence) => {
    writeModels(users)
    const { status, stderr } = await limbeckIn(project.folder, line.split(' '))
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
  })
})
