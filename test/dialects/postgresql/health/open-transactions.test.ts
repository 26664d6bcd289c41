import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import type { Verdict } from '../../../../src/dialects/health.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { openLongerThan } from '../../../../src/dialects/postgresql/health/open-transactions.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../../../support/servers.ts'

const role = `watcher_${process.pid}`
let database: TestDatabase
let other: Client

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('open')
  await queryOnce(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'x'`)
  other = new Client({ connectionString: database.url, application_name: 'reports' })
  await other.connect()
  await other.query('CREATE TABLE held ()')
  await other.query('BEGIN')
  await other.query('SELECT FROM held')
})
afterAll(async () => {
  await other.end()
  await queryOnce(database.url, `DROP ROLE ${role}`)
  await database.drop()
})

async function look(limits: { idle: number; active: number }, user?: string) {
  const url = new URL(database.url)
  if (user !== undefined) Object.assign(url, { username: user, password: 'x' })
  const connection: Connection = await connectServer({ url: url.href })
  try {
    return await openLongerThan(limits).run(connection, undefined as never)
  } finally {
    await connection.close()
  }
}

const statuses = (verdicts: readonly Verdict[]) => verdicts.map(({ status }) => status)

test('a session that idles in a transaction is named with its locks, and with what ends it', async () => {
  const [found] = await look({ idle: 0, active: 0 })
  const [row] = (await other.query('SELECT pg_backend_pid() AS pid')).rows
  expect(found).toMatchObject({
    status: 'warning',
    message: expect.stringMatching(
      new RegExp(
        `^postgres \\(reports\\), pid ${row.pid} is idle in a transaction .* and holds locks on 1 `,
      ),
    ),
    fix: expect.stringContaining(`pg_terminate_backend(${row.pid})`),
  })
})

test('a session that has not idled for as long is none', async () => {
  expect(statuses(await look({ idle: 3600, active: 3600 }))).toEqual(['ok'])
})

test('a role that may not see what others do is told so', async () => {
  const found = await look({ idle: 3600, active: 3600 }, role)
  expect(statuses(found)).toEqual(['note'])
  await queryOnce(database.url, `GRANT pg_read_all_stats TO ${role}`)
  expect(statuses(await look({ idle: 3600, active: 3600 }, role))).toEqual(['ok'])
})
