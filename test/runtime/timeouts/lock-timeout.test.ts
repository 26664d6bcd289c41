import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import type { RuntimeEvent } from '../../../src/runtime/events.ts'
import { missingPgbouncer, type PgbouncerProcess, startPgbouncer } from '../../support/pgbouncer.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../../support/servers.ts'

let database: TestDatabase
let project: TestProject
let clients: Client[] = []

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('timeouts')
  await query('CREATE TABLE t (id integer PRIMARY KEY, n integer); INSERT INTO t VALUES (1, 1)')
  project = createProject(database.url)
})

afterEach(async () => {
  await Promise.all(clients.map(client => client.end().catch(() => undefined)))
  clients = []
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

async function connect(application: string): Promise<Client> {
  const client = new Client({ connectionString: database.url, application_name: application })
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  return client
}

/** A session that has a lock on the table and does nothing with it. */
async function block(sql = `UPDATE t SET n = n WHERE 'secret' <> 'other'`): Promise<Client> {
  const client = await connect('somebody')
  await client.query('BEGIN')
  await client.query(sql)
  return client
}

const pidOf = async (client: Client): Promise<number> =>
  (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid

type EventOf<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>
const told = <T extends RuntimeEvent['type']>(type: T) =>
  project.events.filter((event): event is EventOf<T> => event.type === type)

/** Waits for something that others are about to bring about. */
async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) await sleep(5)
}

const failureOf = (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const addColumn = { id: 'a', upgrade: `op.addColumn('t', { note: text() })` }
const run = (options: object = {}) =>
  upgrade({ ...project.input, revision: 'head', lockTimeout: '300ms', ...options })

describe('a run that meets a lock', () => {
  test('says who is in the way, lets others pass between its tries, and goes on when they are done', async () => {
    project.writeRevision({
      id: 'a',
      upgrade: `op.execute('CREATE TABLE before (n integer)')\n${addColumn.upgrade}`,
    })
    const blocker = await block()
    const pid = await pidOf(blocker)
    await blocker.query(`UPDATE t SET n = n WHERE 'secret' <> 'other'`)
    const running = run()
    await until(() => told('blocked').length > 0)
    // Whoever comes now has to wait behind limbeck; after its try is over nobody does.
    const order: string[] = []
    const reader = await connect('reader')
    const read = reader.query('SELECT * FROM t').then(() => order.push('read'))
    await until(() => told('retry').length > 0)
    await read
    expect(await query('SELECT 1 FROM pg_locks WHERE NOT granted')).toEqual([])
    await blocker.query('COMMIT')
    await running
    order.push('done')
    expect(order).toEqual(['read', 'done'])
    expect(told('blocked')[0]).toMatchObject({
      blockers: [
        {
          pid,
          user: 'postgres',
          application: 'somebody',
          address: '127.0.0.1',
          state: 'idle in transaction',
          since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
          query: `UPDATE t SET n = n WHERE '…' <> '…'`,
        },
      ],
      message: expect.stringContaining(
        `behind pid ${pid}, user postgres, somebody, from 127.0.0.1`,
      ),
    })
    expect(told('retry')[0]).toMatchObject({ reason: 'lock', tries: 1, blockers: [{ pid }] })
    expect(
      await query(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 2`,
      ),
    ).toEqual([{ name: 'note' }])
    expect(await query('SELECT revision, state FROM limbeck_ledger')).toEqual([
      { revision: 'a', state: 'done' },
    ])
  })

  test('gives up at the end of its budget, and says who was in the way and what to do', async () => {
    project.writeRevision(addColumn)
    const blocker = await block()
    const pid = await pidOf(blocker)
    const error = await failureOf(run({ lockRetry: '1ms' }))
    expect(error).toMatchObject({
      code: 'LOCK_TIMEOUT',
      facts: {
        revision: 'a',
        sqlstate: '55P03',
        statement: 'ALTER TABLE t ADD COLUMN note text',
        blockers: [{ pid, application: 'somebody' }],
        timeout: 300,
        timeoutFrom: '--lock-timeout',
        limit: 1,
        rolledBack: ['a'],
        stayed: [],
      },
    })
    expect(error.message).toContain(`In the way: pid ${pid}, user postgres, somebody`)
    expect(error.message).toContain('Rolled back: a. Nothing of this run stays.')
    expect(error.hint).toContain(`SELECT pg_terminate_backend(${pid});`)
    expect(await query(`SELECT to_regclass('limbeck_ledger') AS ledger`)).toEqual([
      { ledger: null },
    ])
  })

  test('tries a deadlock again, code of op.run with the rest of its transaction', async () => {
    await query(`CREATE TABLE u (n integer); INSERT INTO u VALUES (1); CREATE TABLE ran (n serial)`)
    project.writeRevision({
      id: 'a',
      upgrade: `op.execute('UPDATE t SET n = n + 1')
        op.run(async ({ connection }) => {
          await connection.query(\`SELECT nextval('ran_n_seq')\`)
          await connection.query('UPDATE u SET n = n + 1')
        })`,
    })
    await query(`ALTER DATABASE "${database.name}" SET deadlock_timeout = '50ms'`)
    const other = await connect('somebody')
    // It looks for a deadlock long after limbeck's session, which is the one to be ended.
    await other.query(`SET deadlock_timeout = '30s'; BEGIN; UPDATE u SET n = 10`)
    const running = run({ lockTimeout: '20s' })
    const waiting = () => query('SELECT 1 FROM pg_locks WHERE NOT granted')
    await until(async () => (await waiting()).length > 0)
    const theirs = other.query('UPDATE t SET n = 10; COMMIT')
    await Promise.all([running, theirs])
    expect(told('retry')).toMatchObject([{ reason: 'deadlock', tries: 1 }])
    expect(await query('SELECT (SELECT n FROM t) AS t, (SELECT n FROM u) AS u')).toEqual([
      { t: 11, u: 11 },
    ])
    expect(await query('SELECT last_value::int AS calls FROM ran_n_seq')).toEqual([{ calls: 2 }])
  })

  test('begins again behind its last commit, not at the start', async () => {
    project.configure({ transactionPerMigration: true, lockTimeout: '200ms' })
    project.writeRevision({ id: 'a', upgrade: `op.execute('CREATE TABLE first (n integer)')` })
    project.writeRevision({ ...addColumn, id: 'b', down: 'a' })
    const blocker = await block()
    const running = upgrade({ ...project.input, revision: 'head' })
    await until(() => told('retry').length > 0)
    expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'a' }])
    await blocker.query('COMMIT')
    await running
    expect(told('step').map(({ revision }) => revision)).toEqual(
      expect.arrayContaining(['a', 'b', 'b']),
    )
    expect(told('step').filter(({ revision }) => revision === 'a')).toHaveLength(1)
    expect(await query('SELECT revision, state FROM limbeck_ledger ORDER BY sequence')).toEqual([
      { revision: 'a', state: 'done' },
      { revision: 'b', state: 'done' },
    ])
  })

  test('begins again when its first steps ran ahead of the scripts, too', async () => {
    project.writeRevision({ ...addColumn, id: 'r0' })
    for (let at = 1; at < 70; at++)
      project.writeRevision({
        id: `r${at}`,
        down: `r${at - 1}`,
        upgrade: `op.execute('SELECT ${at}')`,
      })
    const blocker = await block()
    const running = run({ lockTimeout: '50ms' })
    await until(() => told('retry').length > 0)
    await blocker.query('COMMIT')
    await running
    expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'r69' }])
    expect(await query('SELECT 1 FROM limbeck_ledger')).toHaveLength(70)
  })

  test('takes a batch of a backfill again by itself', async () => {
    await query('INSERT INTO t SELECT i, 0 FROM generate_series(2, 20) AS i')
    project.writeRevision({
      id: 'a',
      upgrade: `op.backfill('t', { set: { n: sql\`n + 1\` }, batchSize: 8, reverse: null })`,
    })
    const blocker = await block('UPDATE t SET n = n WHERE id = 12')
    const running = run()
    await until(() => told('retry').length > 0)
    expect((await query('SELECT n FROM t WHERE n <> 0')).length).toBeGreaterThan(1)
    await blocker.query('COMMIT')
    await running
    expect(await query('SELECT id FROM t WHERE n <> CASE id WHEN 1 THEN 2 ELSE 1 END')).toEqual([])
  })

  test('gives a batch of a backfill up at the end of the budget, and not once more', async () => {
    project.writeRevision({
      id: 'a',
      upgrade: `op.backfill('t', { set: { n: sql\`n + 1\` }, reverse: null })`,
    })
    await block()
    const error = await failureOf(run({ lockTimeout: '100ms', lockRetry: '200ms' }))
    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', facts: { revision: 'a', partly: true } })
    expect(told('retry').map(({ tries }) => tries)).toEqual([1])
    expect(error.message.match(/In the way/g)).toHaveLength(1)
  })

  test('does not try again what a block of env.ts has begun', async () => {
    project.writeRevision(addColumn)
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        await context.connect()
        await context.transaction(async () => {
          await context.execute('CREATE TABLE own (n integer)')
          await context.runMigrations()
        })
      }`,
    )
    await block()
    const error = await failureOf(run())
    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', facts: { tries: 1 } })
    expect(error.message).toContain('belongs to a block of env.ts')
    expect(told('retry')).toEqual([])
    expect(await query(`SELECT to_regclass('own') AS own`)).toEqual([{ own: null }])
  })
})

/** What the server shows of its timeouts while a statement runs. */
const shown = `SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement`
const note = (name: string) => `op.execute("CREATE TABLE ${name} AS ${shown}")`
const sees = (name: string) =>
  `async ({ connection }) => void (await connection.query("CREATE TABLE ${name} AS ${shown}"))`
const noted = async (name: string) =>
  (await query<Record<string, string>>(`SELECT * FROM ${name}`))[0]

describe('the timeouts of a run', () => {
  test('are a lock_timeout of three seconds and no statement_timeout where nobody says anything', async () => {
    project.writeRevision({ id: 'a', upgrade: note('seen') })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await noted('seen')).toEqual({ lock: '3s', statement: '0' })
  })

  test('are what the role, the database or the URL has set', async () => {
    await query(`ALTER DATABASE "${database.name}" SET lock_timeout = '7s'`)
    await query(`ALTER DATABASE "${database.name}" SET statement_timeout = '70s'`)
    project.writeRevision({ id: 'a', upgrade: note('of_database') })
    project.writeRevision({ id: 'b', down: 'a', upgrade: note('of_url') })
    await upgrade({ ...project.input, revision: 'a' })
    project.configure({ url: `${database.url}?options=-c%20lock_timeout%3D0` })
    await upgrade({ ...project.input, revision: 'b' })
    expect(await noted('of_database')).toEqual({ lock: '7s', statement: '70s' })
    expect(await noted('of_url')).toEqual({ lock: '0', statement: '70s' })
  })

  test('are those of the command line over those of env.ts, and these over the config', async () => {
    project.configure({ lockTimeout: '1s', statementTimeout: '10s' })
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        context.configure({ statementTimeout: '20s' })
        await context.connect()
        await context.runMigrations()
      }`,
    )
    project.writeRevision({ id: 'a', upgrade: note('configured') })
    project.writeRevision({ id: 'b', down: 'a', upgrade: note('told') })
    await upgrade({ ...project.input, revision: 'a' })
    await upgrade({ ...project.input, revision: 'b', statementTimeout: '30s' })
    expect(await noted('configured')).toEqual({ lock: '1s', statement: '20s' })
    expect(await noted('told')).toEqual({ lock: '1s', statement: '30s' })
  })

  test('give way to those of an operation, wherever it runs, and come back behind it', async () => {
    const within = `(t => op.withTimeouts({ lockTimeout: '10s', statementTimeout: '20s' }, t))`
    project.writeRevision({
      id: 'a',
      upgrade: `const within = ${within}
        within(() => { ${note('own')} })
        ${note('behind')}
        within(() => op.run(${sees('own_run')}))
        op.run(${sees('behind_run')})
        op.run(({ op }) => op.withTimeouts({ lockTimeout: '10s', statementTimeout: '20s' }, () => { ${note('in_run')} }))
        within(() => op.autocommit(() => { ${note('alone')} }))
        op.autocommit(() => { ${note('behind_alone')} })
        within(() => op.autocommit(() => op.run(${sees('alone_run')})))
        op.autocommit(() => op.run(${sees('behind_alone_run')}))`,
    })
    await upgrade({ ...project.input, revision: 'head' })
    for (const name of ['own', 'own_run', 'in_run', 'alone', 'alone_run'])
      expect([name, await noted(name)]).toEqual([name, { lock: '10s', statement: '20s' }])
    for (const name of ['behind', 'behind_run', 'behind_alone', 'behind_alone_run'])
      expect([name, await noted(name)]).toEqual([name, { lock: '3s', statement: '0' }])
  })

  test('leave CREATE INDEX CONCURRENTLY waiting for old transactions, and tell for whom it waits', async () => {
    project.writeRevision({
      id: 'a',
      upgrade: `op.createIndex('ix', 't', ['n'], { concurrently: true })`,
    })
    const old = await block()
    const pid = await pidOf(old)
    const running = run({ lockTimeout: '100ms' })
    await until(() => told('blocked').length > 0)
    await sleep(300)
    expect(told('blocked')[0]).toMatchObject({ blockers: [{ pid }] })
    await old.query('COMMIT')
    await running
    expect(told('retry')).toEqual([])
    expect(
      await query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass`),
    ).toEqual([{ indisvalid: true }])
  })

  test('that an operation has for CREATE INDEX CONCURRENTLY end it, and it is built anew', async () => {
    project.writeRevision({
      id: 'a',
      upgrade: `op.withTimeouts({ lockTimeout: '200ms' }, () =>
        op.createIndex('ix', 't', ['n'], { concurrently: true }))`,
    })
    const old = await block()
    const error = await failureOf(run({ lockRetry: '300ms' }))
    expect(error).toMatchObject({ code: 'LOCK_TIMEOUT', facts: { tries: 2, partly: true } })
    const running = run()
    await until(() => told('retry').length > 1)
    await old.query('COMMIT')
    await running
    expect(
      await query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass`),
    ).toEqual([{ indisvalid: true }])
  })

  test('end a statement that takes too long, and say who has set them', async () => {
    project.writeRevision({ id: 'a', upgrade: `op.execute('SELECT pg_sleep(10)')` })
    await query(`ALTER DATABASE "${database.name}" SET statement_timeout = '200ms'`)
    const error = await failureOf(run())
    expect(error).toMatchObject({
      code: 'STATEMENT_TIMEOUT',
      facts: { sqlstate: '57014', timeout: 200, timeoutFrom: 'set by the database' },
    })
    expect(error.message).toContain('statement_timeout is 200 ms (set by the database)')
    const told = await failureOf(run({ statementTimeout: '150ms' }))
    expect(told.message).toContain('statement_timeout is 150 ms (--statement-timeout)')
  })

  test('are no length of time that nobody understands', async () => {
    await expect(run({ lockTimeout: 'soon' })).rejects.toMatchObject({
      code: 'USAGE',
      facts: { option: '--lock-timeout' },
    })
  })
})

describe.runIf(missingPgbouncer() === undefined)('behind a pooler in transaction mode', () => {
  let pooler: PgbouncerProcess

  beforeAll(async () => {
    pooler = await startPgbouncer((await postgresServer()).url, { default_pool_size: 3 })
  })
  afterAll(() => pooler.stop())

  test('timeouts hold in the transactions of the run, blockers are seen, and nothing reaches others', async () => {
    project.configure({ url: pooler.through(database.url) })
    project.writeRevision({
      id: 'a',
      upgrade: `${note('seen')}
        ${addColumn.upgrade}
        op.autocommit(() => { ${note('alone')} })
        op.autocommit(op => op.run(${sees('outside')}))`,
    })
    const blocker = await block()
    const pid = await pidOf(blocker)
    const running = run({ lockTimeout: '400ms', statementTimeout: '1h' })
    await until(() => told('blocked').length > 0)
    await until(() => told('retry').length > 0)
    await blocker.query('COMMIT')
    await running
    expect(told('blocked')[0]).toMatchObject({ blockers: [{ pid }] })
    expect(await noted('seen')).toEqual({ lock: '400ms', statement: '1h' })
    expect(await noted('alone')).toEqual({ lock: '400ms', statement: '1h' })
    expect(await noted('outside')).toEqual({ lock: '0', statement: '0' })
    const others = await Promise.all(
      [1, 2, 3].map(async () => {
        const client = new Client({ connectionString: pooler.through(database.url) })
        await client.connect()
        clients.push(client)
        await client.query('BEGIN')
        return (await client.query(shown)).rows[0]
      }),
    )
    expect(others).toEqual(Array(3).fill({ lock: '0', statement: '0' }))
  })
})
