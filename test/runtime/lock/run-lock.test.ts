import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../../src/commands/current.ts'
import { downgrade } from '../../../src/commands/downgrade.ts'
import { ensureVersion } from '../../../src/commands/ensure-version.ts'
import { history } from '../../../src/commands/history.ts'
import { stamp } from '../../../src/commands/stamp.ts'
import { upgrade } from '../../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import { notRun } from '../../support/each-server.ts'
import { missingPgbouncer, type PgbouncerProcess, startPgbouncer } from '../../support/pgbouncer.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../../support/servers.ts'

let database: TestDatabase
let project: TestProject
let clients: Client[] = []

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('lock')
  project = createProject(database.url)
})

afterEach(async () => {
  await Promise.all(clients.map(client => client.end().catch(() => undefined)))
  clients = []
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

async function connect(url = database.url, application = 'somebody'): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: application })
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}

/** The key as docs/guide/running.md has it computed. */
const keyOf = (table: string) =>
  `('x' || encode(substring(sha256('limbeck:${table}') FROM 1 FOR 8), 'hex'))::bit(64)::bigint`

/** Takes the lock as another run would. */
async function holdLock(table = 'public.alembic_version'): Promise<Client> {
  const client = await connect(database.url, 'limbeck:32cceb7bc6db')
  await client.query(`SELECT pg_advisory_lock(${keyOf(table)})`)
  return client
}

const locks = () =>
  query<{ application: string }>(`SELECT a.application_name AS application FROM pg_locks AS l
    JOIN pg_stat_activity AS a USING (pid) WHERE l.locktype = 'advisory' AND a.datname = current_database()`)

const failureOf = (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const oneTable = { id: 'a', upgrade: `op.execute('CREATE TABLE t (n integer)')` }
const tables = async () =>
  (
    await query<{ name: string }>(`SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`)
  ).map(row => row.name)

const waits = () => project.events.filter(event => event.type === 'lockWait')

/** Waits for something that others are about to bring about. */
async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) await sleep(5)
}

describe('a run', () => {
  test('holds the lock while it works, and gives it up at its end', async () => {
    const seen = `CREATE TABLE seen AS SELECT l.mode, l.pid = pg_backend_pid() AS own,
      (l.classid::bigint << 32 | l.objid::bigint) = ${keyOf('public.alembic_version')} AS key
      FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
      WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()`
    project.writeRevision({ id: 'a', upgrade: `op.execute(${JSON.stringify(seen)})` })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT * FROM seen')).toEqual([
      { mode: 'ExclusiveLock', own: true, key: true },
    ])
    expect(await locks()).toEqual([])
    expect(waits()).toEqual([])
  })

  test('gives it up when it fails, too', async () => {
    project.writeRevision({ id: 'a', upgrade: `op.execute('SELECT 1 / 0')` })
    await failureOf(upgrade({ ...project.input, revision: 'head' }))
    expect(await locks()).toEqual([])
  })

  test('waits for another one, says for whom, and goes on when that is done', async () => {
    project.writeRevision(oneTable)
    const holder = await holdLock()
    const run = upgrade({ ...project.input, revision: 'head' })
    await until(() => waits().length > 0)
    expect(await tables()).toEqual([])
    const [{ pid }] = (await holder.query('SELECT pg_backend_pid() AS pid')).rows
    expect(waits()).toMatchObject([
      {
        holder: {
          pid,
          user: 'postgres',
          application: 'limbeck:32cceb7bc6db',
          revision: '32cceb7bc6db',
          address: '127.0.0.1',
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        },
        limit: 60_000,
        message: expect.stringContaining(
          `limbeck:32cceb7bc6db, from 127.0.0.1, user postgres, pid ${pid}`,
        ),
      },
    ])
    await holder.query('SELECT pg_advisory_unlock_all()')
    await run
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 't'])
  })

  test('plans behind the lock: what another run has done meanwhile is not done again', async () => {
    project.writeRevision(oneTable)
    await ensureVersion(project.input)
    const holder = await holdLock()
    const run = upgrade({ ...project.input, revision: 'head' })
    await until(() => waits().length > 0)
    await holder.query(`INSERT INTO alembic_version VALUES ('a')`)
    await holder.query('SELECT pg_advisory_unlock_all()')
    expect(await run).toMatchObject({ steps: [], headsBefore: ['a'] })
  })

  test('goes on as soon as the session of the holder is ended', async () => {
    project.writeRevision(oneTable)
    const holder = await holdLock()
    const run = upgrade({ ...project.input, revision: 'head' })
    await until(() => waits().length > 0)
    const [{ pid }] = (await holder.query('SELECT pg_backend_pid() AS pid')).rows
    await query(`SELECT pg_terminate_backend(${pid})`)
    expect((await run).steps).toHaveLength(1)
  })

  test.each(['0', '50ms'])(
    'that may wait %s gives up with the holder, and does nothing',
    async waitLock => {
      project.writeRevision(oneTable)
      const holder = await holdLock()
      const [{ pid }] = (await holder.query('SELECT pg_backend_pid() AS pid')).rows
      const error = await failureOf(upgrade({ ...project.input, revision: 'head', waitLock }))
      expect(error).toMatchObject({ code: 'RUN_LOCK_TIMEOUT', exitStatus: 6 })
      expect(error.message).toContain(
        `limbeck:32cceb7bc6db, from 127.0.0.1, user postgres, pid ${pid}`,
      )
      expect(error.facts).toMatchObject({ holder: { pid, revision: '32cceb7bc6db' } })
      expect(error.hint).toContain(`pg_terminate_backend(${pid})`)
      expect(error.message).not.toContain('quicksilver')
      expect(await tables()).toEqual([])
    },
  )

  test('is told by the config how long it may wait', async () => {
    project.configure({ waitLock: '0' })
    project.writeRevision(oneTable)
    await holdLock()
    const error = await failureOf(upgrade({ ...project.input, revision: 'head' }))
    expect(error).toMatchObject({ code: 'RUN_LOCK_TIMEOUT', facts: { limit: 0 } })
  })

  test('refuses a length of time that is none', async () => {
    const error = await failureOf(
      upgrade({ ...project.input, revision: 'head', waitLock: '1 day' }),
    )
    expect(error).toMatchObject({ code: 'USAGE', facts: { value: '1 day' } })
  })

  test('meets others by the table, however its schema is said', async () => {
    project.writeRevision(oneTable)
    project.configure({ waitLock: '0', versionTableSchema: 'public' })
    await holdLock('public.alembic_version')
    const error = await failureOf(upgrade({ ...project.input, revision: 'head' }))
    expect(error.code).toBe('RUN_LOCK_TIMEOUT')
  })

  test('does not wait for one of another version table', async () => {
    await query('CREATE SCHEMA other')
    project.writeRevision(oneTable)
    for (const table of [
      'public.other_version',
      'other.alembic_version',
      '"public.alembic"."version"',
    ])
      await holdLock(table)
    await upgrade({ ...project.input, revision: 'head', waitLock: '0' })
    expect(await tables()).toContain('t')
  })

  test('does not wait for one in another database of the server', async () => {
    const other = await (await postgresServer()).createDatabase('other')
    try {
      const holder = await connect(other.url)
      await holder.query(`SELECT pg_advisory_lock(${keyOf('public.alembic_version')})`)
      project.writeRevision(oneTable)
      await upgrade({ ...project.input, revision: 'head', waitLock: '0' })
      expect(await tables()).toContain('t')
    } finally {
      await other.drop()
    }
  })
})

test('every command that moves version rows waits, and no other one', async () => {
  project.writeRevision({ ...oneTable, downgrade: `op.execute('DROP TABLE t')` })
  await upgrade({ ...project.input, revision: 'head' })
  await holdLock()
  const input = { ...project.input, waitLock: '0' }
  const writing = [
    () => upgrade({ ...input, revision: 'head' }),
    () => downgrade({ ...input, revision: 'base' }),
    () => stamp({ ...input, revisions: ['base'] }),
    () => ensureVersion(input),
  ]
  for (const run of writing) expect((await failureOf(run())).code).toBe('RUN_LOCK_TIMEOUT')
  expect((await current(project.input)).heads).toHaveLength(1)
  await history({ ...project.input, indicateCurrent: true })
  expect(await upgrade({ ...input, revision: 'head', sql: true })).toMatchObject({
    sql: expect.stringContaining('CREATE TABLE'),
  })
})

describe('a connection of the application', () => {
  const shared = (text: string) =>
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        const client = context.config.attributes.client
        context.configure({ connection: client })
        ${text}
      }`,
    )

  test('is given back without the lock', async () => {
    project.writeRevision(oneTable)
    shared('await context.runMigrations()')
    const client = await connect()
    await upgrade({ ...project.input, attributes: { client }, revision: 'head' })
    expect(await locks()).toEqual([])
    const { rows } = await client.query('SHOW tcp_keepalives_idle')
    const fresh = await (await connect()).query('SHOW tcp_keepalives_idle')
    expect(rows).toEqual(fresh.rows)
  })

  test('holds it until its own transaction ends: what the run did is seen only then', async () => {
    project.writeRevision(oneTable)
    shared(`await client.query('BEGIN')
      await context.runMigrations()`)
    const client = await connect(database.url, 'the application')
    await upgrade({ ...project.input, attributes: { client }, revision: 'head' })
    expect(await locks()).toEqual([{ application: 'the application' }])
    await client.query('COMMIT')
    expect(await locks()).toEqual([])
  })

  test('a block of several runs holds it until all are committed', async () => {
    project.writeRevision(oneTable)
    shared(`await context.transaction(async () => {
        await context.runMigrations()
        context.config.attributes.between = await context.config.attributes.locks()
        await context.runMigrations()
      })`)
    const client = await connect(database.url, 'the application')
    const attributes = { client, locks, between: undefined }
    await upgrade({ ...project.input, attributes, revision: 'head' })
    expect(attributes.between).toEqual([{ application: 'the application' }])
    expect(await locks()).toEqual([])
  })
})

const missing = missingPgbouncer()
if (missing !== undefined) notRun('through PgBouncer in transaction mode', missing)
else
  describe('through PgBouncer in transaction mode', () => {
    let pooler: PgbouncerProcess

    beforeEach(async () => {
      pooler ??= await startPgbouncer((await postgresServer()).url)
      project.configure({ url: pooler.through(database.url) })
    })

    afterAll(() => pooler?.stop())

    const keeping = `op.execute(\`CREATE TABLE held AS SELECT l.pid = pg_backend_pid() AS own, a.application_name LIKE 'limbeck%@%' AS named,
      a.state FROM pg_locks AS l JOIN pg_stat_activity AS a USING (pid)
      WHERE l.locktype = 'advisory' AND a.datname = current_database()\`)`

    test('the lock is held by a session of its own, and no session keeps it', async () => {
      project.writeRevision({ id: 'a', upgrade: keeping })
      await upgrade({ ...project.input, revision: 'head' })
      expect(await query('SELECT * FROM held')).toEqual([
        { own: false, named: true, state: 'idle in transaction' },
      ])
      expect(await locks()).toEqual([])
    })

    test('an index is built CONCURRENTLY beside it, also where transactions repeat their reads', async () => {
      await query(
        `ALTER DATABASE "${database.name}" SET default_transaction_isolation = 'repeatable read'`,
      )
      project.writeRevision({
        id: 'a',
        upgrade: `op.execute('CREATE TABLE t (n integer)')
          op.createIndex('ix', 't', ['n'], { concurrently: true })`,
      })
      await upgrade({ ...project.input, revision: 'head' })
      expect(
        await query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass`),
      ).toEqual([{ indisvalid: true }])
    })

    test('a run waits for one that is not pooled, and one that is not pooled for it', async () => {
      project.writeRevision(oneTable)
      const holder = await holdLock()
      const error = await failureOf(upgrade({ ...project.input, revision: 'head', waitLock: '0' }))
      expect(error).toMatchObject({
        code: 'RUN_LOCK_TIMEOUT',
        facts: { holder: { application: 'limbeck:32cceb7bc6db' } },
      })
      await holder.query('SELECT pg_advisory_unlock_all()')
      await upgrade({ ...project.input, revision: 'head', waitLock: '0' })
      expect(await tables()).toContain('t')
    })

    test('several runs in one block share one lock', async () => {
      project.writeRevision(oneTable)
      project.write(
        'migrations/env.ts',
        `export async function runMigrationsOnline(context) {
          await context.connect()
          await context.transaction(async () => {
            await context.runMigrations()
            await context.runMigrations()
          })
        }`,
      )
      await upgrade({ ...project.input, revision: 'head', waitLock: '0' })
      expect(await locks()).toEqual([])
    })

    test('a run whose lock is cut stops before it commits, and says so', async () => {
      project.writeRevision({ ...oneTable })
      project.writeRevision({
        id: 'b',
        down: 'a',
        upgrade: `op.run(async ({ connection }) => {
          await connection.query(\`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name LIKE 'limbeck%@%'\`)
        })`,
      })
      const error = await failureOf(upgrade({ ...project.input, revision: 'head' }))
      expect(error).toMatchObject({
        code: 'RUN_LOCK_LOST',
        facts: { revision: 'b', rolledBack: ['a', 'b'], stayed: [] },
      })
      expect(error.hint).toContain('Run the command again')
      expect(await tables()).toEqual([])
    })

    test('where no second connection can be had nothing is done', async () => {
      const narrow = await startPgbouncer((await postgresServer()).url, { max_client_conn: 1 })
      try {
        project.configure({ url: narrow.through(database.url) })
        project.writeRevision(oneTable)
        const error = await failureOf(upgrade({ ...project.input, revision: 'head' }))
        expect(error).toMatchObject({ code: 'RUN_LOCK_UNAVAILABLE' })
        expect(error.message).not.toContain('quicksilver')
        expect(await tables()).toEqual([])
      } finally {
        await narrow.stop()
      }
    })
  })
