import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { downgrade } from '../../../src/commands/downgrade.ts'
import { ensureVersion } from '../../../src/commands/ensure-version.ts'
import { stamp } from '../../../src/commands/stamp.ts'
import { upgrade } from '../../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import { notRun } from '../../support/each-server.ts'
import { type PostgresProcess, serverPassword } from '../../support/postgres-process.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import {
  postgresServer,
  privateServer,
  queryOnce,
  type TestDatabase,
} from '../../support/servers.ts'
import { missingStandby, startStandby } from '../../support/standby.ts'

const one = {
  id: 'a1',
  upgrade: `  op.createTable('one', { id: integer() })`,
  downgrade: `  op.dropTable('one')`,
}

const withoutPassword = (error: LimbeckError) =>
  expect(
    JSON.stringify([error.message, error.hint, error.facts, error.stack, String(error.cause)]),
  ).not.toContain(serverPassword)

async function refusal(work: Promise<unknown>): Promise<LimbeckError> {
  const error = await work.then(
    () => expect.fail('It was not refused.'),
    error => error,
  )
  withoutPassword(error)
  return error
}

describe('a database that may not be written', () => {
  let database: TestDatabase
  let project: TestProject

  beforeEach(async () => {
    database = await (await postgresServer()).createDatabase('read_only')
    project = createProject(database.url)
    project.writeRevision(one)
  })
  afterEach(async () => {
    project.remove()
    await database.drop()
  })

  const query = (sql: string) => queryOnce(database.url, sql)
  const run = (url?: string) => upgrade({ ...project.input, url, revision: 'head' })

  test('is refused with where that was set, and how it is taken back', async () => {
    await query(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`)
    const error = await refusal(run())
    expect(error).toMatchObject({
      code: 'DATABASE_READ_ONLY',
      message: expect.stringContaining(`set for the database ${database.name}`),
      facts: { source: 'database' },
    })
    const undo = /else (SET .*? = off;) (ALTER DATABASE .*?;)/.exec(error.hint!)!
    const client = new Client({ connectionString: database.url })
    await client.connect()
    for (const statement of undo.slice(1)) await client.query(statement)
    await client.end()
    await run()
  })

  test('may be written by limbeck alone, with what the hint adds to the URL', async () => {
    await query(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`)
    const error = await refusal(run())
    const added = /`(options=\S+)`/.exec(error.hint!)![1]!
    await run(`${database.url}?${added}`)
  })

  test('says whether it is the role, the role in the database, or the URL', async () => {
    const role = `reader_${process.pid}`
    await query(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD '${serverPassword}'`)
    const url = Object.assign(new URL(database.url), { username: role }).href
    const source = async (at: string) => (await refusal(run(at))).facts.source
    try {
      await query(`ALTER ROLE ${role} SET default_transaction_read_only = on`)
      expect(await source(url)).toBe('user')
      const inDatabase = `ALTER ROLE ${role} IN DATABASE "${database.name}" SET default_transaction_read_only = on`
      await query(inDatabase)
      expect(await source(url)).toBe('database user')
    } finally {
      await query(`DROP ROLE ${role}`)
    }
    const options = 'options=-c%20default_transaction_read_only%3Don'
    expect(await source(`${database.url}?${options}`)).toBe('client')
  })

  test('is found out before every command that writes, and left alone', async () => {
    await query(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`)
    const stamped = () => stamp({ ...project.input, revisions: ['head'] })
    for (const work of [() => run(), stamped, () => ensureVersion(project.input)])
      expect((await refusal(work())).code).toBe('DATABASE_READ_ONLY')
    expect(await query("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")).toEqual([])
  })

  test('is no obstacle where there is nothing to do', async () => {
    await run()
    await query(`ALTER DATABASE "${database.name}" SET default_transaction_read_only = on`)
    await run()
    await ensureVersion(project.input)
    const down = downgrade({ ...project.input, revision: 'base' })
    expect((await refusal(down)).code).toBe('DATABASE_READ_ONLY')
  })

  test('is one that env.ts has made so for its session', async () => {
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
  await context.execute('SET default_transaction_read_only = on')
  await context.runMigrations()
}
`,
    )
    expect((await refusal(run())).facts.source).toBe('session')
  })
})

describe('a standby', () => {
  const missing = missingStandby(15)
  if (missing !== undefined) {
    notRun('is refused, with its primary', missing)
    return
  }
  let primary: PostgresProcess
  let standby: PostgresProcess
  let project: TestProject

  beforeAll(async () => {
    primary = await privateServer(15)
    standby = await startStandby(primary)
    project = createProject(standby.url)
    project.writeRevision(one)
  }, 60_000)
  afterAll(async () => {
    project?.remove()
    await standby?.stop()
    await primary?.stop()
  })

  const run = (url = standby.url) => upgrade({ ...project.input, url, revision: 'head' })

  test('is refused, and its primary named without its password', async () => {
    const [row] = await queryOnce<{ conninfo: string }>(
      standby.url,
      `SELECT current_setting('primary_conninfo') AS conninfo`,
    )
    expect(row!.conninfo).toContain(serverPassword)
    const error = await refusal(run())
    expect(error.code).toBe('SERVER_STANDBY')
    expect(error.facts.primary).toBe(`127.0.0.1:${new URL(primary.url).port}`)
    expect(error.hint).toContain(String(error.facts.primary))
  })

  test('says no more to a role that may not see where its primary is', async () => {
    await queryOnce(primary.url, `CREATE ROLE plain LOGIN PASSWORD '${serverPassword}'`)
    const url = Object.assign(new URL(standby.url), { username: 'plain' }).href
    await expect
      .poll(() => queryOnce(standby.url, "SELECT 1 FROM pg_roles WHERE rolname = 'plain'"))
      .toHaveLength(1)
    const error = await refusal(run(url))
    expect(error.code).toBe('SERVER_STANDBY')
    expect(error.facts.primary).toBeUndefined()
    expect(error.hint).toContain('target_session_attrs')
  })

  test('is passed over by a URL that asks for the primary', async () => {
    const { host } = new URL(standby.url)
    const both = primary.url.replace('@', `@${host},`)
    await run(`${both}?target_session_attrs=read-write`)
    expect(await queryOnce(primary.url, 'SELECT version_num FROM alembic_version')).toEqual([
      { version_num: 'a1' },
    ])
  })
})

describe('a database that the config does not expect', () => {
  let database: TestDatabase
  let project: TestProject

  beforeAll(async () => {
    database = await (await postgresServer()).createDatabase('expect')
    project = createProject(database.url)
    project.writeRevision(one)
  })
  afterAll(async () => {
    project.remove()
    await database.drop()
  })

  const run = (expected: object, revision = 'head') => {
    project.configure({ expect: expected })
    return upgrade({ ...project.input, revision })
  }
  const tables = (): Promise<object[]> =>
    queryOnce(database.url, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'")

  test.each([
    ['database', { database: 'shop' }, () => database.name],
    ['user', { user: 'app' }, () => 'postgres'],
    ['host', { host: 'db.internal' }, () => new URL(database.url).host],
    ['host', { host: '127.0.0.1:1' }, () => new URL(database.url).host],
  ] as readonly (readonly [string, object, () => string])[])(
    'is refused for its %s: found and expected',
    async (what, expected, found) => {
      const error = await refusal(run(expected))
      expect(error.code).toBe('DATABASE_UNEXPECTED')
      const [wanted] = Object.values(expected)
      expect(error.facts.mismatches).toEqual([{ what, found: found(), expected: wanted }])
      expect(error.message).toContain(`${what} is ${found()}, not ${wanted}`)
      expect(await tables()).toEqual([])
    },
  )

  test('is refused for its version', async () => {
    const error = await refusal(run({ serverVersion: 9 }))
    expect(error.message).toMatch(/serverVersion is \d+\.\d+, not 9/)
  })

  test('is refused even where there is nothing to do, with all that differs', async () => {
    const error = await refusal(run({ database: 'shop', user: 'app' }, 'base'))
    expect(error.facts.mismatches).toHaveLength(2)
  })

  test('is the right one where all is as expected', async () => {
    const [row] = await queryOnce<{ version: string }>(
      database.url,
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
    )
    const { host, hostname }: URL = new URL(database.url)
    const full = { database: database.name, user: 'postgres', host, serverVersion: row!.version }
    await run(full)
    await run({ ...full, host: hostname, serverVersion: Number.parseInt(row!.version, 10) })
    expect(await tables()).toHaveLength(3)
  })
})
