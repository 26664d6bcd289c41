import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postgresServer, type TestDatabase } from '../../support/servers.ts'

let database: TestDatabase
let holder: Client
let waiter: Client

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('blocking')
  ;[holder, waiter] = await Promise.all([connect(), connect()])
  await holder.query('CREATE TABLE t (n integer)')
})

afterEach(async () => {
  await Promise.all([holder.end(), waiter.end()])
  await database.drop()
})

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  return client
}

const build = 'CREATE INDEX CONCURRENTLY ix ON t (n)'

/** Waits until the session of the waiter waits inside the server. */
async function waiterIsBlocked(): Promise<void> {
  const isBlocked = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  while ((await holder.query(isBlocked)).rowCount === 0) await sleep(5)
}

const sqlstate = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    error => error.code,
  )

test('who waits for an advisory lock in the server deadlocks with the index that its holder builds', async () => {
  await holder.query('SELECT pg_advisory_lock(1)')
  const waiting = sqlstate(waiter.query('SELECT pg_advisory_lock(1)'))
  await waiterIsBlocked()
  const building = await sqlstate(holder.query(build))
  await holder.query('SELECT pg_advisory_unlock(1)')
  expect([building, await waiting]).toContain('40P01')
})

test('who only tries, or holds it in an idle transaction, does not', async () => {
  await waiter.query('BEGIN ISOLATION LEVEL READ COMMITTED')
  await waiter.query('SELECT pg_try_advisory_xact_lock(1)')
  expect(await sqlstate(holder.query(build))).toBeUndefined()
  const { rows } = await holder.query('SELECT pg_try_advisory_lock(1) AS taken')
  expect(rows).toEqual([{ taken: false }])
})
