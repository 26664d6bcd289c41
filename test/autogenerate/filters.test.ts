import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('filters')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

/** env.ts with this target and these options of `configure`; functions may note what they see. */
const writeEnvironment = (target: string, options: string) =>
  project.write(
    'migrations/env.ts',
    `import * as l from 'limbeck'
import type { ConfigureOptions, MigrationContext } from 'limbeck'
export const target = [${target}]
export async function runMigrationsOnline(context: MigrationContext) {
  const seen = context.config.attributes.seen as unknown[]
  const options: ConfigureOptions = ${options}
  context.configure(options)
  await context.runMigrations()
}
`,
  )

async function pending(attributes = {}) {
  const found = await check({ ...project.input, attributes })
  return found.pending.map(change => change.description)
}

const users = `l.table('users', { id: l.integer().primaryKey(), email: l.varchar(255) })`

describe('includeName', () => {
  test('leaves alone what is in the database under that name, with all it holds', async () => {
    await query(`CREATE TABLE queue (id serial PRIMARY KEY, at timestamptz);
      CREATE INDEX ix_queue ON queue (at);
      CREATE VIEW waiting AS SELECT id FROM queue; CREATE TABLE gone (id integer)`)
    writeEnvironment(users, `{ includeName: (name, type) => type !== 'table' || name !== 'queue' }`)
    expect(await pending()).toEqual(['+ table users (2 columns)', '- table gone'])
  })

  test('is asked about names of the database only, with what they are in', async () => {
    await query(`CREATE TABLE users (id integer PRIMARY KEY, email varchar(255), CHECK (id > 0));
      CREATE INDEX ix ON users (email)`)
    writeEnvironment(
      `${users}, l.table('other', {})`,
      `{ includeName: (name, type, parents) => { seen.push([type, name, parents]); return true } }`,
    )
    const seen: unknown[] = []
    await pending({ seen })
    const table = {
      schemaName: 'public',
      tableName: 'users',
      schemaQualifiedTableName: 'public.users',
    }
    expect(seen).toEqual(
      expect.arrayContaining([
        ['extension', 'plpgsql', { schemaName: 'pg_catalog' }],
        ['schema', 'public', {}],
        ['table', 'users', table],
        ['column', 'id', table],
        ['column', 'email', table],
        ['index', 'ix', table],
        ['primaryKeyConstraint', 'users_pkey', table],
        ['checkConstraint', 'users_id_check', table],
      ]),
    )
    expect(seen).toHaveLength(8)
  })

  test('leaves alone a whole schema', async () => {
    await query(`CREATE SCHEMA billing; CREATE TABLE billing.invoices (id integer);
      CREATE SCHEMA audit; CREATE TABLE audit.log (id integer)`)
    writeEnvironment(
      '',
      `{ target: [l.schema('billing')], includeSchemas: true, includeName: (name, type) => type !== 'schema' || name !== 'audit' }`,
    )
    expect(await pending()).toEqual(['- table billing.invoices'])
  })
})

describe('includeSchemas', () => {
  beforeEach(() => query(`CREATE SCHEMA audit; CREATE TABLE audit.log (id integer)`))

  test.each([
    ['nothing is said', '{}', []],
    ['none is', '{ includeSchemas: false }', []],
    ['all are', '{ includeSchemas: true }', ['- table audit.log']],
    ['it is', `{ includeSchemas: ['audit'] }`, ['- table audit.log']],
  ])('a schema that nobody names is compared where %s', async (_, options, expected) => {
    writeEnvironment(`l.table('one', {})`, options)
    await query('CREATE TABLE one ()')
    expect(await pending()).toEqual(expected)
  })
})

describe('includeObject', () => {
  test('is asked about both sides, and told which it is', async () => {
    await query(
      'CREATE TABLE users (id integer PRIMARY KEY, email text); CREATE TABLE old (id integer)',
    )
    writeEnvironment(
      `${users}, l.table('fresh', { id: l.integer() })`,
      `{ includeObject: (object, name, type, reflected, compareTo) => {
        if (type === 'table' || name === 'email') seen.push([type, name, object.name, reflected, compareTo?.name])
        return true
      } }`,
    )
    const seen: unknown[] = []
    await pending({ seen })
    expect(seen.toSorted()).toEqual([
      ['column', 'email', 'email', false, 'email'],
      ['table', 'fresh', 'fresh', false, undefined],
      ['table', 'old', 'old', true, undefined],
      ['table', 'users', 'users', false, 'users'],
    ])
  })

  const email = '~ column users.email: type text → varchar(255)'
  const fresh = '+ table fresh (1 column)'
  const old = '- table old'

  test.each([
    ['a table of the target', `name !== 'fresh'`, [old, email]],
    ['a table of the database', `name !== 'old'`, [fresh, email]],
    ['a table of both', `name !== 'users'`, [fresh, old]],
    ['a column', `name !== 'email'`, [fresh, old]],
    ['whatever is there', `!reflected`, [fresh, email]],
  ])('leaves alone %s', async (_, condition, expected) => {
    await query(`CREATE TABLE users (id integer PRIMARY KEY, email text); CREATE TABLE old (id integer);
      CREATE INDEX ix_users ON users (email)`)
    writeEnvironment(
      `l.table('users', { id: l.integer().primaryKey(), email: l.varchar(255) }, t => [l.index('ix_users').on(t.email)]), l.table('fresh', { id: l.integer() })`,
      `{ includeObject: (object, name, type, reflected) => ${condition} }`,
    )
    expect((await pending()).toSorted()).toEqual(expected.toSorted())
  })

  test('keeps a column, an index and a constraint of a table that otherwise changes', async () => {
    await query(`CREATE TABLE users (id integer PRIMARY KEY, legacy uuid DEFAULT gen_random_uuid(),
      CONSTRAINT odd CHECK (id > 0)); CREATE INDEX hand_made ON users (id)`)
    writeEnvironment(
      users,
      `{ includeObject: (object, name) => !['legacy', 'odd', 'hand_made'].includes(name) }`,
    )
    expect(await pending()).toEqual(['+ column users.email'])
  })

  test('is proved: what it leaves out is still there afterwards', async () => {
    await query(`CREATE TYPE mood AS ENUM ('sad');
      CREATE TABLE people (id serial PRIMARY KEY, mood mood DEFAULT 'sad'); INSERT INTO people DEFAULT VALUES`)
    writeEnvironment(users, `{ includeObject: (object, name) => name !== 'people' }`)
    const written = await revision({ ...project.input, autogenerate: true, message: 'users' })
    expect(readFileSync(written.path!, 'utf8')).not.toMatch(/people|mood/)
    await upgrade({ ...project.input, revision: 'head' })
    expect(await pending()).toEqual([])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await query('SELECT * FROM people')).toEqual([{ id: 1, mood: 'sad' }])
  })

  test('has to answer', async () => {
    writeEnvironment(users, `{ includeObject: () => undefined as never }`)
    await expect(pending()).rejects.toMatchObject({
      code: 'CONFIGURE_INVALID',
      message: 'includeObject returned undefined, not a boolean.',
    })
  })

  test('that throws says where', async () => {
    writeEnvironment(users, `{\n    includeObject: () => { throw new Error('boo') } }`)
    await expect(pending()).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      facts: { reason: 'boo', path: `${project.folder}/migrations/env.ts`, line: 7 },
    })
  })
})

describe('compareType and compareServerDefault', () => {
  const both = `l.table('t', { a: l.text().default('x'), b: l.bigint().default(2) })`

  beforeEach(() => query(`CREATE TABLE t (a varchar(5) DEFAULT 'y', b integer DEFAULT 1)`))

  const types = ['type varchar(5) → text', 'type integer → bigint']
  const defaults = ["default 'x'::text", 'default 2']

  test.each([
    ['{}', [types[0], defaults[0], types[1], defaults[1]]],
    ['{ compareType: false, compareServerDefault: false }', []],
    ['{ compareType: false }', defaults],
    ['{ compareServerDefault: false }', types],
    [
      '{ compareServerDefault: true, compareType: () => undefined }',
      [types[0], defaults[0], types[1], defaults[1]],
    ],
    [
      `{ compareType: current => current.name !== 'a', compareServerDefault: (_, target) => target.name !== 'b' }`,
      [defaults[0], types[1]],
    ],
  ])('%s', async (options, expected) => {
    writeEnvironment(both, options)
    const found = await pending()
    expect(found.flatMap(line => line.replace(/^~ column t\.\w: /, '').split(', '))).toEqual(
      expected,
    )
  })
})
