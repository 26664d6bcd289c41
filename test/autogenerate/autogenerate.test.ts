import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { RevisionResult } from '../../src/commands/results/revision.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('autogenerate')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

let models = 0

/** Each time another file: a process imports a module once. */
function writeModels(body: string): void {
  const file = `models-${++models}.ts`
  project.write(file, `import * as l from 'limbeck'\nimport { sql } from 'limbeck'\n${body}\n`)
  project.write('migrations/env.ts', `export const target = () => import('../${file}')\n`)
}

const propose = (options = {}): Promise<RevisionResult> =>
  revision({ ...project.input, autogenerate: true, message: 'change', ...options })

async function proposeAndUpgrade(): Promise<RevisionResult> {
  const result = await propose()
  await upgrade({ ...project.input, revision: 'head' })
  return result
}

const checked = () => check(project.input)
const pending = async () => (await checked()).pending.map(change => change.description)

const users = `export const users = l.table('users', {
  id: l.integer().primaryKey().identity(),
  email: l.varchar(255).notNull().unique(),
})`

describe('a proposal from native models', () => {
  test('is written as a person would write it', async () => {
    writeModels(users)
    const { path } = await propose({ message: 'create users', revId: '32cceb7bc6db' })
    expect(path).toBe(join(project.folder, 'migrations/versions/32cceb7bc6db_create_users.ts'))
    const text = readFileSync(path!, 'utf8').replace(
      /^ \* Create Date: .*$/m,
      ' * Create Date: now',
    )
    expect(text).toBe(`/**
 * create users
 *
 * Revision ID: 32cceb7bc6db
 * Revises: <base>
 * Create Date: now
 * Downgrade: exact
 */
import { integer, varchar, type Op } from 'limbeck'

export const revision = '32cceb7bc6db'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null

export function upgrade(op: Op) {
  op.createTable('users', {
    id: integer().primaryKey().identity(),
    email: varchar(255).notNull().unique('users_email_key'),
  })
}

export function downgrade(op: Op) {
  op.dropTable('users')
}
`)
  })

  test('makes what the models say, and nothing is pending then', async () => {
    writeModels(`export const status = l.enumType('status', ['new', 'paid'], { schema: 'shop' })
export const people = l.table('people', {
  id: l.uuid().primaryKey().default(sql\`gen_random_uuid()\`),
  kind: l.varchar(1).notNull().default('a').check(sql\`kind IN ('a', 'b')\`),
  at: l.timestamptz(3).notNull().default(sql\`now()\`),
  price: l.numeric(10, 2).default(0),
  tags: l.text().array().default(sql\`'{}'\`),
  active: l.boolean().notNull().default(true),
  total: l.integer().generatedAs(sql\`1 + 1\`),
  boss: l.uuid().references('people.id', { onDelete: 'set null' }),
}, t => [l.index('ix_people').on(t.at.desc(), sql\`lower(kind)\`).where(sql\`active\`)])
export const orders = l.table('orders', {
  id: l.serial().primaryKey(),
  status: status.notNull().default('new'),
  person: l.uuid().notNull().references({ table: 'people', column: 'id' }),
}, { schema: 'shop', comment: 'all of them' })
export const adults = l.view('adults', sql\`SELECT id, at FROM people WHERE active\`)`)
    await proposeAndUpgrade()
    expect(await pending()).toEqual([])
    expect(
      await query(`SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE conrelid = 'shop.orders'::regclass AND contype = 'f'`),
    ).toEqual([{ definition: 'FOREIGN KEY (person) REFERENCES people(id)' }])
    expect((await propose()).path).toBeUndefined()
    expect(readdirSync(join(project.folder, 'migrations/versions'))).toHaveLength(1)
    await downgrade({ ...project.input, revision: 'base' })
    expect(
      await query(
        `SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
      ),
    ).toEqual([{ relname: 'alembic_version' }, { relname: 'limbeck_ledger' }])
    expect(await query(`SELECT 1 FROM pg_namespace WHERE nspname = 'shop'`)).toEqual([])
  })

  test('wants a database that has every revision', async () => {
    writeModels(users)
    await propose({ revId: 'abc1', message: 'create users' })
    const error: LimbeckError = await propose().then(
      () => expect.unreachable(),
      e => e,
    )
    expect(error).toMatchObject({
      code: 'TARGET_NOT_UP_TO_DATE',
      hint: 'Run `limbeck upgrade head` first.',
    })
    expect(error.message).toMatch(/^Target database is not up to date.*\n {2}abc1, create users$/)
  })

  test('is not written when nothing has changed, unless it may be empty', async () => {
    writeModels(users)
    await proposeAndUpgrade()
    expect(await propose()).toMatchObject({ path: undefined, changes: [] })
    const { path } = await propose({ allowEmpty: true })
    expect(readFileSync(path!, 'utf8')).toContain('export function upgrade(op: Op) {}')
  })

  test('changes columns, and keeps the rows there are', async () => {
    writeModels(users)
    await proposeAndUpgrade()
    await query(`INSERT INTO users (email) VALUES ('a@example.com')`)
    writeModels(`export const users = l.table('users', {
  id: l.integer().primaryKey().identity(),
  email: l.varchar(320).notNull().unique(),
  visits: l.integer().notNull().default(7),
})`)
    const { changes, downgradeLabel } = await proposeAndUpgrade()
    expect(changes).toHaveLength(2)
    expect(downgradeLabel).toBe('exact')
    expect(await query('SELECT * FROM users')).toEqual([
      { id: 1, email: 'a@example.com', visits: 7 },
    ])
    await downgrade({ ...project.input, revision: '-1' })
    expect(await query('SELECT * FROM users')).toEqual([{ id: 1, email: 'a@example.com' }])
  })

  test('names the values that a downgrade cannot bring back', async () => {
    writeModels(users)
    await proposeAndUpgrade()
    writeModels(users.replace(/ {2}email.*\n/, ''))
    const { path, downgradeLabel } = await propose()
    expect(downgradeLabel).toBe('lossy: users.email')
    expect(readFileSync(path!, 'utf8')).toContain(' * Downgrade: lossy: users.email\n')
  })

  test('says when rows would be in its way', async () => {
    writeModels(users)
    await proposeAndUpgrade()
    writeModels(users.replace('})', '  must: l.text().notNull(),\n})'))
    const { notes } = await propose()
    expect(notes?.filter(note => note.includes('NOT NULL') || note.includes('null'))).toEqual([
      expect.stringMatching(/^users\.must is NOT NULL and has no default, which stops the upgrade/),
    ])
  })

  test('rests on functions and extensions that only the database has, and leaves them alone', async () => {
    await query(`CREATE FUNCTION new_key() RETURNS text LANGUAGE sql AS $$ SELECT 'k' $$`)
    await query('CREATE EXTENSION citext')
    writeModels(
      `export const t = l.table('t', { key: l.text().default(sql\`new_key()\`), name: l.type('citext') })`,
    )
    await proposeAndUpgrade()
    expect(await pending()).toEqual([])
    expect(await query(`SELECT new_key()`)).toEqual([{ new_key: 'k' }])
  })

  test('drops a table that the models do not name, unless unknown tables are to be kept', async () => {
    await query('CREATE TABLE elsewhere (id integer)')
    writeModels(users)
    expect((await propose({ revId: 'a1' })).changes).toContain('- table elsewhere')
    project.write(
      'limbeck.config.ts',
      `export default ${JSON.stringify({ url: database.url, dropUnknown: false })}`,
    )
    await upgrade({ ...project.input, revision: 'head' })
    await query('CREATE TABLE elsewhere (id integer)')
    expect(await pending()).toEqual([])
  })

  test('leaves no scratch database behind', async () => {
    // Other tests make theirs on the same server; this role's are our own.
    const role = `${database.name}_role`
    await query(`CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD 'scratch'`)
    try {
      writeModels(users)
      const url = new URL(database.url)
      Object.assign(url, { username: role, password: 'scratch' })
      await propose({ url: url.href })
      const own = `datdba = '${role}'::regrole`
      expect(await query(`SELECT datname FROM pg_database WHERE ${own}`)).toEqual([])
    } finally {
      await query(`DROP ROLE ${role}`)
    }
  })
})

describe('what a proposal has to get right', () => {
  test('a value that is added to an enum may be the new default', async () => {
    const model = (values: string, value: string) => `
export const state = l.enumType('state', [${values}])
export const jobs = l.table('jobs', {
  id: l.integer().primaryKey(),
  state: state.notNull().default('${value}'),
})`
    writeModels(model(`'new', 'done'`, 'new'))
    await proposeAndUpgrade()
    await query('INSERT INTO jobs VALUES (1)')
    writeModels(model(`'new', 'done', 'held'`, 'held'))
    expect((await proposeAndUpgrade()).downgradeLabel).toBe('exact')
    await query('INSERT INTO jobs VALUES (2)')
    expect(await query('SELECT state FROM jobs')).toEqual([{ state: 'new' }, { state: 'held' }])
    expect(await pending()).toEqual([])
    await query('DELETE FROM jobs WHERE id = 2')
    await downgrade({ ...project.input, revision: '-1' })
    expect(await query('SELECT state FROM jobs')).toEqual([{ state: 'new' }])
  })

  test('what of the database has no model is listed', async () => {
    await query('CREATE TABLE users (id integer PRIMARY KEY, email varchar(255) NOT NULL UNIQUE)')
    await query('ALTER TABLE users ALTER email SET (n_distinct = 5)')
    writeModels(users.replace('.identity()', ''))
    expect(await check(project.input)).toMatchObject({
      pending: [],
      notModelled: ['column options public.users.email'],
    })
  })
})

test("a target that was dumped with limbeck's own tables asks for none of them", async () => {
  project.write(
    'schema.sql',
    `CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
     CREATE TABLE limbeck_ledger (sequence bigint);
     CREATE TABLE users (id integer);`,
  )
  project.write(
    'migrations/env.ts',
    `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')\n`,
  )
  expect(await pending()).toEqual(['+ table users (1 column)'])
})

describe('a connection whose default schema is another', () => {
  beforeEach(async () => {
    await query('CREATE SCHEMA app')
    await query('CREATE TABLE app.users (id integer PRIMARY KEY, nick varchar(20))')
    const url = `${database.url}?options=${encodeURIComponent('-c search_path=app,public')}`
    project.write('limbeck.config.ts', `export default ${JSON.stringify({ url })}`)
  })

  test('has its tables where the target says no schema', async () => {
    writeModels(`export const users = l.table('users', { id: l.integer().primaryKey(), nick: l.varchar(20) })
export const others = l.table('users', { id: l.integer() }, { schema: 'public' })`)
    const { changes } = await proposeAndUpgrade()
    expect(changes).toEqual(['+ table public.users (1 column)'])
    expect(await pending()).toEqual([])
  })

  test('has its own tables of limbeck left alone where they are', async () => {
    await query('CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)')
    await query('CREATE TABLE public.limbeck_ledger (sequence bigint)')
    writeModels(`export const users = l.table('users', { id: l.integer().primaryKey(), nick: l.varchar(20) })
export const others = l.table('others', { id: l.integer() }, { schema: 'public' })`)
    expect(await pending()).toEqual(['+ table public.others (1 column)'])
  })

  test('has its rows followed, and its losses named without the schema', async () => {
    writeModels(
      `export const users = l.table('users', { id: l.integer().primaryKey(), must: l.text().notNull() })`,
    )
    const { notes, downgradeLabel } = await propose()
    expect(downgradeLabel).toBe('lossy: users.nick')
    expect(notes?.filter(note => note.includes('NOT NULL') || note.includes('null'))).toEqual([
      expect.stringMatching(/^users\.must is NOT NULL and has no default, which stops the upgrade/),
    ])
  })
})

describe('roles and extensions that are missing', () => {
  test('of all sources are named at once, before anything is built', async () => {
    project.write(
      'a.sql',
      'CREATE TABLE a (); CREATE POLICY p ON a TO limbeck_nobody_a; CREATE VIEW v AS SELECT nowhere();',
    )
    project.write('b.sql', 'CREATE TABLE b (); CREATE POLICY p ON b TO limbeck_nobody_b;')
    project.write(
      'migrations/env.ts',
      `import { sqlFiles } from 'limbeck'\nexport const target = [sqlFiles('a.sql'), sqlFiles('b.sql')]\n`,
    )
    await expect(pending()).rejects.toMatchObject({
      code: 'REQUIREMENTS_MISSING',
      facts: { roles: ['limbeck_nobody_a', 'limbeck_nobody_b'], extensions: [] },
    })
  })

  test('of the database itself are named too', async () => {
    await query('CREATE EXTENSION postgres_fdw')
    project.write(
      'limbeck.config.ts',
      `export default ${JSON.stringify({ url: database.url, scratch: 'embedded' })}`,
    )
    writeModels(users)
    await expect(pending()).rejects.toMatchObject({
      code: 'REQUIREMENTS_MISSING',
      message:
        'The database has what the server of the scratch database does not: extension postgres_fdw.',
    })
    project.write('extension.sql', 'CREATE EXTENSION plperl;')
    project.write(
      'migrations/env.ts',
      `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('extension.sql')\n`,
    )
    await expect(pending()).rejects.toMatchObject({
      message:
        'The target needs what the server of the scratch database does not have: extension plperl.\nThe database has what the server of the scratch database does not: extension postgres_fdw.',
      facts: { extensions: ['plperl', 'postgres_fdw'] },
    })
  })
})

describe('equality', () => {
  test.each([
    [`CHECK (st IN ('a', 'b'))`, 'st varchar(10)'],
    [`CHECK (n BETWEEN 1 AND 10)`, 'n integer'],
    [`CHECK (lower(st) LIKE 'a%')`, 'st char(3)'],
    [`CHECK (d > '2020-01-01')`, `d date DEFAULT CURRENT_DATE`],
  ])(
    'finds nothing to do where a migration has written %s as the target says it',
    async (check, column) => {
      project.write('schema.sql', `CREATE TABLE t (${column}, ${check});`)
      project.write(
        'migrations/env.ts',
        `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')\n`,
      )
      await query(`CREATE TABLE t (${column}, ${check})`)
      expect(await checked()).toMatchObject({ pending: [], notModelled: [] })
    },
  )
})
