import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../../src/errors.ts'
import type { RuntimeEvent } from '../../../src/runtime/events.ts'
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
})
