import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { check, current, downgrade, history, upgrade } from '../../src/commands/index.ts'
import { LimbeckError } from '../../src/errors.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { notRun } from '../support/each-server.ts'
import { missingPgbouncer, startPgbouncer } from '../support/pgbouncer.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
let pool: pg.Pool

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('library')
  project = createProject('postgresql://nowhere.invalid/x')
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  // The database is dropped while clients are still taking leave.
  pool.on('connect', client => void client.on('error', () => {}))
  project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
})

afterEach(async () => {
  await pool.end()
  project.remove()
  await database.drop()
})

/** What a command is given that has a pool. */
const pooled = () => ({ ...project.input, pool })

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const versions = async () => {
  const rows = await query<{ v: string }>('SELECT version_num AS v FROM alembic_version ORDER BY 1')
  return rows.map(({ v }) => v)
}

/** Other sessions in the database that do something, or hold an advisory lock. */
const busySessions = () =>
  query(`SELECT query FROM pg_stat_activity a WHERE datname = current_database()
    AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND application_name <> 'blocker'
    AND (state <> 'idle' OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND locktype = 'advisory'))`)

const counts = () => [pool.totalCount, pool.idleCount, pool.waitingCount]

describe('what it works on', () => {
  test('a URL and the script directory are enough', async () => {
    const { cwd } = project.input
    const input = { cwd, env: {}, scriptLocation: 'migrations', url: database.url }
    expect((await upgrade(input)).headsAfter).toEqual(['a1'])
    expect((await current(input)).heads).toEqual(['a1'])
    expect(await history({ ...input, indicateCurrent: true })).toMatchObject({
      revisions: [{ id: 'a1', isCurrent: true }],
    })
    await downgrade({ ...input, revision: 'base' })
    expect(await versions()).toEqual([])
  })

  test('a config may be an object, whose paths start in cwd', async () => {
    const config = { scriptLocation: './migrations', versionTable: 'versions' }
    await upgrade({ ...pooled(), config })
    expect(await query('SELECT version_num FROM versions')).toEqual([{ version_num: 'a1' }])
    await expect(
      upgrade({ ...pooled(), config: { versionTabel: 'x' } as object }),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(
      upgrade({ ...pooled(), config, scriptLocation: 'migrations' }),
    ).rejects.toMatchObject({ code: 'USAGE' })
  })

  test('a client of a pool is given back, as it was', async () => {
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `op.execute("SET search_path = public, pg_temp; SET work_mem = '8MB'; SET TimeZone = 'Asia/Tokyo'")`,
    })
    const client = await pool.connect()
    await client.query(`SET TimeZone = 'Europe/Rome'; SET statement_timeout = '7s'`)
    client.release()
    const settings = async () => {
      const names = ['search_path', 'work_mem', 'TimeZone', 'statement_timeout', 'application_name']
      const columns = names.map(name => `current_setting('${name}') AS "${name}"`)
      return (await pool.query(`SELECT ${columns.join(', ')}`)).rows
    }
    const before = await settings()
    expect((await upgrade(pooled())).headsAfter).toEqual(['b1'])
    expect(await settings()).toEqual(before)
    expect(counts()).toEqual([1, 1, 0])
    expect(await busySessions()).toEqual([])
  })

  test('a client of a pool is given back where the run fails', async () => {
    project.writeRevision({ id: 'b1', down: 'a1', upgrade: `  op.execute('SELECT 1/0')` })
    await expect(upgrade(pooled())).rejects.toMatchObject({ code: 'STATEMENT_FAILED' })
    expect(counts()).toEqual([1, 1, 0])
    expect(await busySessions()).toEqual([])
    const tables = await pool.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)
    expect(tables.rows).toEqual([])
    await expect(
      upgrade({ ...pooled(), connection: await pool.connect().then(held) }),
    ).rejects.toMatchObject({ code: 'USAGE' })
  })

  const missing = missingPgbouncer()
  if (missing !== undefined) notRun('a pool of one client behind a pooler', missing)
  test.skipIf(missing !== undefined)('a pool of one client behind a pooler is enough', async () => {
    const pgbouncer = await startPgbouncer((await postgresServer()).url)
    const url = pgbouncer.through(database.url)
    const small = new pg.Pool({ connectionString: url, max: 1 })
    try {
      expect((await upgrade({ ...project.input, pool: small })).headsAfter).toEqual(['a1'])
      expect([small.totalCount, small.idleCount, small.waitingCount]).toEqual([1, 1, 0])
    } finally {
      await small.end()
      await pgbouncer.stop()
    }
  })

  test('env.ts is asked, and connects to what was given wherever it wants to go', async () => {
    project.write(
      'migrations/env.ts',
      `import { integer, table, type MigrationContext } from 'limbeck'
export const target = [table('one', { id: integer() }), table('two', { id: integer() })]
export async function runMigrationsOnline(context: MigrationContext) {
  context.configure({ versionTable: 'of_env' })
  await context.connect({ url: () => { throw new Error('no secret is fetched') } })
  await context.runMigrations()
}
`,
    )
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    try {
      await client.query(`SET work_mem = '9MB'`)
      await upgrade({ ...project.input, connection: client })
      const { rows } = await client.query(
        `SELECT version_num, current_setting('work_mem') AS memory FROM of_env`,
      )
      expect(rows).toEqual([{ version_num: 'a1', memory: '9MB' }])
      const checked = await check({ ...project.input, connection: client, url: database.url })
      expect(checked.pending.map(({ kind }) => kind)).toEqual(['createTable'])
    } finally {
      await client.end()
    }
  })
})

test.each([
  [
    'a pool that is none',
    { pool: 'postgresql://h/d' },
    'pool: it is nothing that has a method `connect`.',
  ],
  ['a connection that is none', { connection: 'postgresql://h/d' }, 'connection: it is no object.'],
  [
    'a client that nobody has connected',
    { connection: new pg.Client() },
    'a client that is not connected',
  ],
])('%s is refused by its name', async (_, given, words) => {
  await expect(upgrade({ ...project.input, ...(given as object) })).rejects.toMatchObject({
    code: 'CONFIGURE_INVALID',
    message: expect.stringContaining(words),
  })
})

/** A client for `connection`, which goes back to its pool by itself. */
function held(client: pg.PoolClient): object {
  client.release()
  return client
}

describe('nothing is global', () => {
  test('two upgrades of two projects at once know nothing of each other, nor the process of them', async () => {
    const other = createProject('postgresql://nowhere.invalid/x')
    const second = await (await postgresServer()).createDatabase('library_2')
    const written = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
    const listeners = () => process.eventNames().map(name => [name, process.listenerCount(name)])
    const before = { env: { ...process.env }, cwd: process.cwd(), listeners: listeners() }
    try {
      const events: [RuntimeEvent[], RuntimeEvent[]] = [[], []]
      for (const [index, { write, writeRevision }] of [project, other].entries()) {
        write('limbeck.config.ts', 'export default {}\n')
        write('.env', `DATABASE_URL=${[database, second][index]!.url}\nLIMBECK_OWN=${index}\n`)
        writeRevision({ id: 'a1', upgrade: `  op.createTable('of_${index}', { id: integer() })` })
      }
      const run = ({ folder }: TestProject, index: 0 | 1) =>
        upgrade({ cwd: folder, report: event => void events[index].push(event) })
      const results = await Promise.all([run(project, 0), run(other, 1)])
      expect(results.map(({ database: name }) => name)).toEqual([
        expect.stringContaining(database.name),
        expect.stringContaining(second.name),
      ])
      const tables = `SELECT tablename AS t FROM pg_tables WHERE tablename LIKE 'of_%'`
      expect(await query(tables)).toEqual([{ t: 'of_0' }])
      expect(await queryOnce(second.url, tables)).toEqual([{ t: 'of_1' }])
      for (const told of events)
        expect(told.filter(({ type }) => type === 'connected')).toHaveLength(1)
      const after = { env: { ...process.env }, cwd: process.cwd(), listeners: listeners() }
      expect(after).toEqual(before)
      for (const spy of written) expect(spy).not.toHaveBeenCalled()
    } finally {
      for (const spy of written) spy.mockRestore()
      other.remove()
      await second.drop()
    }
  })
})

describe('a signal', () => {
  /** Runs an upgrade, aborts it as soon as `isThere`, and gives what it threw. */
  async function interrupt(isThere: () => unknown, more: object = {}): Promise<LimbeckError> {
    const controller = new AbortController()
    const reason = new Error('shutting down')
    const ended = upgrade({ ...pooled(), signal: controller.signal, ...more }).catch(error => error)
    await vi.waitFor(async () => expect(await isThere()).toBeTruthy(), { timeout: 20_000 })
    controller.abort(reason)
    const error = await ended
    expect(error).toBeInstanceOf(LimbeckError)
    expect(error.code).toBe('INTERRUPTED')
    expect(error.cause).toBe(reason)
    expect(error.message).toContain('(shutting down)')
    expect(await busySessions()).toEqual([])
    expect(pool.idleCount).toBe(pool.totalCount)
    return error
  }

  const isRunning = (text: string) => async () =>
    (
      await query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%${text}%'`,
      )
    ).length > 0

  const reported = (type: RuntimeEvent['type']) => () =>
    project.events.some(event => event.type === type)

  test('that was given before does nothing', async () => {
    const signal = AbortSignal.abort()
    await expect(upgrade({ ...pooled(), signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: 'Interrupted. Nothing was done.',
      cause: signal.reason,
    })
    expect(counts()).toEqual([0, 0, 0])
  })

  test('cancels the statement that runs, on the server, and says what stays', async () => {
    project.configure({ transactionPerMigration: true })
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.createTable('two', { id: integer() })\n  op.execute('SELECT pg_sleep(600)')`,
    })
    const { message, facts, hint } = await interrupt(isRunning('pg_sleep(600)'))
    expect(message).toMatch(/^Upgrade of b1 was interrupted \(shutting down\) at \S+b1_test\.ts:/)
    expect(message).toContain('Rolled back: b1. Stays: a1.')
    expect(facts).toMatchObject({
      revision: 'b1',
      statement: 'SELECT pg_sleep(600)',
      stayed: ['a1'],
      rolledBack: ['b1'],
    })
    expect(hint).toMatch(
      /^Run the same command again \(`limbeck upgrade …`\): it goes on from there\.$/,
    )
    expect(await versions()).toEqual(['a1'])
    expect(await query(`SELECT tablename FROM pg_tables WHERE tablename = 'two'`)).toEqual([])
  })

  test('between two steps keeps what is committed', async () => {
    project.configure({ transactionPerMigration: true })
    project.writeRevision({ id: 'b1', down: 'a1' })
    const controller = new AbortController()
    const report = ({ type }: RuntimeEvent) => {
      if (type === 'stepDone') controller.abort('enough')
    }
    await expect(upgrade({ ...pooled(), report, signal: controller.signal })).rejects.toMatchObject(
      {
        code: 'INTERRUPTED',
        message: 'Interrupted between two steps (enough). Stays: a1.',
        facts: { stayed: ['a1'], rolledBack: [], partly: false },
        cause: 'enough',
      },
    )
    expect(await versions()).toEqual(['a1'])
  })

  test('ends the code of op.run, also where that waits for something else or talks to the driver', async () => {
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.run(async ({ connection }) => {
    const driver = connection.driver as { query(sql: string): Promise<unknown> }
    await driver.query('SELECT pg_sleep(600)').catch(() => new Promise(() => {}))
  })`,
    })
    const { facts } = await interrupt(isRunning('pg_sleep'))
    expect(facts).toMatchObject({ revision: 'b1', stayed: [], rolledBack: ['a1', 'b1'] })
    expect(await query(`SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
  })

  test('leaves a statement outside of transactions to the next run, which clears up behind it', async () => {
    await upgrade(pooled())
    await query('CREATE TABLE more (n integer)')
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.createTable('two', { id: integer() })\n  op.createIndex('ix', 'one', ['id'], { concurrently: true })`,
    })
    const name = { application_name: 'blocker' }
    const blocker = new pg.Client({ connectionString: database.url, ...name })
    await blocker.connect()
    // CREATE INDEX CONCURRENTLY waits for whoever writes to the table.
    await blocker.query('BEGIN; INSERT INTO one VALUES (1)')
    const valid = `SELECT indisvalid AS is FROM pg_index WHERE indexrelid = to_regclass('ix')`
    const error = await interrupt(async () => {
      const [found] = await query<{ is: boolean }>(valid)
      return found !== undefined && (await isRunning('CREATE INDEX')())
    }).finally(async () => {
      await blocker.query('ROLLBACK')
      await blocker.end()
    })
    expect(error.facts).toMatchObject({ revision: 'b1', partly: true })
    expect(error.hint).toContain('invalid index')
    expect(await query(valid)).toEqual([{ is: false }])
    expect(await versions()).toEqual(['a1'])
    await upgrade(pooled())
    expect(await query(valid)).toEqual([{ is: true }])
    expect(await versions()).toEqual(['b1'])
  })

  test('ends a backfill behind its batch, from which the next run goes on', async () => {
    await query('CREATE TABLE rows_of AS SELECT n AS id, 0 AS times FROM generate_series(1, 200) n')
    await query('ALTER TABLE rows_of ADD PRIMARY KEY (id)')
    const slow = 'sql`times + 1 + length(pg_sleep(0.005)::text)`'
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.backfill('rows_of', { set: { times: ${slow} }, batchSize: 100 })`,
    })
    const error = await interrupt(isRunning('UPDATE rows_of'))
    expect(error.facts).toMatchObject({ revision: 'b1', partly: true })
    const done = 'SELECT times, count(*)::int AS n FROM rows_of GROUP BY times ORDER BY times'
    expect(await query(done)).toEqual([
      { times: 0, n: 100 },
      { times: 1, n: 100 },
    ])
    await upgrade(pooled())
    expect(await query(done)).toEqual([{ times: 1, n: 200 }])
  })

  test('ends the waiting for another run', async () => {
    const holder = await pool.connect()
    await holder.query(
      `SELECT pg_advisory_lock(('x' || encode(substring(sha256('limbeck:public.alembic_version') FROM 1 FOR 8), 'hex'))::bit(64)::bigint)`,
    )
    const controller = new AbortController()
    const run = upgrade({ ...pooled(), signal: controller.signal, waitLock: '10m' })
    const ended = expect(run).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringMatching(
        /^Interrupted while it waited for another run on .*Nothing was done\.$/,
      ),
    })
    await vi.waitFor(() => expect(reported('lockWait')()).toBe(true), { timeout: 20_000 })
    controller.abort()
    await ended
    expect(counts()).toEqual([2, 1, 0])
    holder.release(true)
  })

  test('ends the waiting for a client of the pool, which keeps its own', async () => {
    const clients = [await pool.connect(), await pool.connect()]
    const controller = new AbortController()
    const run = upgrade({ ...pooled(), signal: controller.signal })
    const ended = expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await vi.waitFor(() => expect(pool.waitingCount).toBe(1))
    controller.abort()
    await ended
    for (const client of clients) client.release()
    await sleep(0)
    expect(counts()).toEqual([2, 2, 0])
  })

  test('leaves a transaction of the application to the application', async () => {
    project.writeRevision({ id: 'b1', down: 'a1', upgrade: `  op.execute('SELECT pg_sleep(600)')` })
    const client = await pool.connect()
    await client.query('BEGIN')
    const controller = new AbortController()
    const ended = expect(
      upgrade({ ...project.input, connection: client, signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'INTERRUPTED' })
    await vi.waitFor(async () => expect(await isRunning('pg_sleep')()).toBe(true))
    controller.abort()
    await ended
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' })
    await client.query('ROLLBACK')
    client.release()
    expect(await busySessions()).toEqual([])
  })

  test('that comes too late changes nothing', async () => {
    const controller = new AbortController()
    const { headsAfter } = await upgrade({ ...pooled(), signal: controller.signal })
    controller.abort()
    expect(headsAfter).toEqual(['a1'])
    expect((await upgrade(pooled())).steps).toEqual([])
  })
})
