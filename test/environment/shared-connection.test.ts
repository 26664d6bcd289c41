import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { loadConnection } from '../../src/dialects/load-connection.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
let client: pg.Client

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('shared')
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  project = createProject('postgresql://nowhere.invalid/x')
  project.write(
    'migrations/env.ts',
    `import { integer, table, type MigrationContext } from 'limbeck'
export const target = [table('one', { id: integer() }), table('two', { id: integer() })]
export async function runMigrationsOnline(context: MigrationContext) {
  const { connection, url } = context.config.attributes as { connection: object; url?: string }
  context.configure({ connection, url })
  await context.connect()
  await context.runMigrations()
}
`,
  )
  project.writeRevision({
    id: 'a1',
    upgrade: `  op.createTable('one', { id: integer() })`,
    downgrade: `  op.dropTable('one')`,
  })
  project.writeRevision({
    id: 'b1',
    down: 'a1',
    upgrade: `  op.createTable('two', { id: integer() })`,
    downgrade: `  op.dropTable('two')`,
  })
})

afterEach(async () => {
  await client.end()
  project.remove()
  await database.drop()
})

const sharing = (connection: object = client) => ({ ...project.input, attributes: { connection } })

const head = (connection?: object) => ({ ...sharing(connection), revision: 'head' })

const seenElsewhere = async () => {
  const rows = await queryOnce<{ tablename: string }>(
    database.url,
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  return rows.map(row => row.tablename)
}

const all = ['alembic_version', 'limbeck_ledger', 'one', 'two']

describe('a connection of the application', () => {
  test('is worked on, told of, and left open', async () => {
    const { steps, database: display } = await upgrade(head())
    const { user, host, port, database: name } = client
    expect(display).toBe(`postgresql://${user}@${host}:${port}/${name}`)
    expect(steps.map(step => step.revision)).toEqual(['a1', 'b1'])
    expect(await seenElsewhere()).toEqual(all)
    expect((await client.query('SELECT version_num FROM alembic_version')).rows).toEqual([
      { version_num: 'b1' },
    ])
    expect(project.events.filter(event => event.type === 'connected')).toHaveLength(1)
  })

  test('may come from a pool', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 })
    const session = await pool.connect()
    try {
      await upgrade(head(session))
    } finally {
      session.release()
    }
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }])
    await pool.end()
  })

  test("may be one of limbeck's", async () => {
    const connection = await loadConnection('postgresql', { kind: 'url', url: database.url })
    await upgrade(head(connection))
    expect((await connection.query('SELECT version_num FROM alembic_version')).rows).toHaveLength(1)
    await connection.close()
  })

  test('reads values as limbeck does, whatever the parsers of the application', async () => {
    client.setTypeParser(23, text => `<${text}>`)
    await queryOnce(database.url, 'CREATE TABLE one (id integer); CREATE TABLE two (id integer)')
    project.write('migrations/versions/a1_test.ts', '')
    project.write('migrations/versions/b1_test.ts', '')
    project.writeRevision({ id: 'a1' })
    project.writeRevision({ id: 'b1', down: 'a1' })
    await upgrade(head())
    const attributes = { connection: client, url: database.url }
    expect((await check({ ...project.input, attributes })).pending).toEqual([])
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: '<1>' }])
  })

  test.each([
    ['a pool', () => new pg.Pool(), 'connection: it is a pool, and a session is needed.'],
    [
      'a client that nobody has connected',
      () => new pg.Client(),
      'connection: it is a client that is not connected.',
    ],
    ['anything else', () => new Map(), 'connection: it is no session that limbeck knows.'],
  ])('may not be %s', async (_, make, message) => {
    await expect(upgrade(head(make()))).rejects.toMatchObject({
      code: 'CONFIGURE_INVALID',
      message,
    })
  })
})

describe('a transaction of the application', () => {
  beforeEach(() => client.query('BEGIN'))

  test('is neither committed nor ended', async () => {
    await upgrade(head())
    await current(sharing())
    expect(await seenElsewhere()).toEqual([])
    expect((await client.query('SELECT version_num FROM alembic_version')).rows).toEqual([
      { version_num: 'b1' },
    ])
    await client.query('COMMIT')
    expect(await seenElsewhere()).toEqual(all)
  })

  test('is one for several commands, and for what the application does', async () => {
    await client.query('CREATE TABLE own (id integer)')
    await upgrade({ ...sharing(), revision: 'a1' })
    await upgrade(head())
    await downgrade({ ...sharing(), revision: '-1' })
    await client.query('ROLLBACK')
    expect(await seenElsewhere()).toEqual([])
  })

  test('is compared as it stands', async () => {
    await upgrade(head())
    const attributes = { connection: client, url: database.url }
    expect((await check({ ...project.input, attributes })).pending).toEqual([])
  })

  test('that a refused statement has broken is left to the application', async () => {
    project.writeRevision({ id: 'b1', down: 'a1', upgrade: `  op.execute('SELECT 1/0')` })
    await expect(upgrade(head())).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
    await client.query('ROLLBACK')
  })

  test.each([
    ['outside of transactions', `  op.createIndex('ix', 'one', ['id'], { concurrently: true })`],
    ['behind a commit', `  op.addEnumValue('mood', 'new')\n  op.execute("SELECT 'new'::mood")`],
  ])('cannot hold what has to run %s', async (_, body) => {
    await client.query(`COMMIT; CREATE TYPE mood AS ENUM ('old'); BEGIN`)
    project.writeRevision({ id: 'b1', down: 'a1', upgrade: body })
    await expect(upgrade(head())).rejects.toMatchObject({ code: 'TRANSACTION_SHARED' })
    await client.query('ROLLBACK')
    expect(await seenElsewhere()).toEqual([])
  })
})

test('without a URL there is no scratch database beside a connection of the application', async () => {
  project.configure({ scratch: 'server' })
  await upgrade(head())
  await expect(check(sharing())).rejects.toMatchObject({
    code: 'SCRATCH_UNAVAILABLE',
    message: expect.stringContaining('its address was not given'),
  })
})
