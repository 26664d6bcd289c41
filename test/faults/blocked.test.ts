import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
let clients: Client[]
let isOver: boolean
/** What happened, in order: what limbeck told, and each query of the others that was answered. */
let timeline: string[]

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('blocked')
  project = createProject(database.url)
  clients = []
  timeline = []
  isOver = false
  await query(`CREATE TABLE orders (id integer PRIMARY KEY, n integer);
    INSERT INTO orders SELECT i, 0 FROM generate_series(1, 10) AS i`)
  project.writeRevision({ id: 'a', upgrade: `op.execute('CREATE TABLE made (n integer)')` })
  project.writeRevision({ id: 'b', down: 'a', upgrade: `op.addColumn('orders', { note: text() })` })
})

afterEach(async () => {
  isOver = true
  await Promise.all(clients.map(client => client.end().catch(() => undefined)))
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

/** A session of the application that asks the same over and over. */
async function keepAsking(name: string, sql: string): Promise<void> {
  const client = await connect(name)
  const ask = async () => {
    while (!isOver) {
      await client.query(sql)
      timeline.push(name)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  ask().catch(() => undefined)
}

const run = () =>
  upgrade({
    ...project.input,
    revision: 'head',
    lockTimeout: '200ms',
    lockRetry: '1200ms',
    report: ({ type }) => timeline.push(type),
  })

test('a session that idles in a transaction stops neither the application nor the next run', async () => {
  const idle = await connect('a forgotten console')
  await idle.query('BEGIN')
  await idle.query('SELECT count(*) FROM orders')
  await keepAsking('reads', 'SELECT * FROM orders')
  await keepAsking('writes', 'UPDATE orders SET n = n + 1 WHERE id = 1')

  const error: LimbeckError = await run().then(
    () => expect.unreachable('it should fail'),
    error => error,
  )
  expect(error.code).toBe('LOCK_TIMEOUT')
  expect(error.message).toContain('a forgotten console')
  const tries = timeline.join(' ').split('retry').slice(1)
  expect(tries.length).toBeGreaterThan(1)
  for (const between of tries) {
    expect(between).toContain('reads')
    expect(between).toContain('writes')
  }
  expect(await query(`SELECT to_regclass('made') AS made`)).toEqual([{ made: null }])

  const [end] = /SELECT pg_terminate_backend\(\d+\);/.exec(error.hint!)!
  await query(end)
  await run()
  expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'b' }])
})
