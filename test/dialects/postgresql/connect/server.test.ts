import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DatabaseError } from '../../../../src/dialects/database-error.ts'
import type { Connection } from '../../../../src/dialects/dialect.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { eachServer } from '../../../support/each-server.ts'
import { postgresServer, type TestServer } from '../../../support/servers.ts'

let server: TestServer
const open: Connection[] = []

beforeAll(async () => {
  server = await postgresServer()
})

afterAll(() => Promise.all(open.map(connection => connection.close())))

/** A connection that is closed after the tests, to the server's URL changed as told. */
async function connect(change: (url: URL) => void = () => {}, options = {}): Promise<Connection> {
  const url = new URL(server.url)
  change(url)
  const connection = await connectServer({ url: url.href, ...options })
  open.push(connection)
  return connection
}

async function setting(connection: Connection, name: string): Promise<unknown> {
  const { rows } = await connection.query('SELECT current_setting($1) AS value', [name])
  return rows[0]?.value
}

eachServer('a connection', under => {
  test('knows the version of its server', async () => {
    const connection = await connectServer({ url: (await under.server()).url })
    const shown = await setting(connection, 'server_version_num')
    await connection.close()
    expect(connection).toMatchObject({
      dialect: 'postgresql',
      kind: 'server',
      serverVersion: Number(shown),
    })
  })
})

describe('a connection', () => {
  test('names its application, unless the URL does', async () => {
    const named = await connect(() => {}, { applicationName: 'limbeck' })
    expect(await setting(named, 'application_name')).toBe('limbeck')
    const other = await connect(url => url.searchParams.set('application_name', 'deploy'), {
      applicationName: 'limbeck',
    })
    expect(await setting(other, 'application_name')).toBe('deploy')
  })

  test('takes options from the URL and settings from its caller, and RESET goes back to them', async () => {
    const connection = await connect(
      url => url.searchParams.set('options', '-c statement_timeout=77s'),
      { settings: { search_path: '"$user", public, "a b\\c"' } },
    )
    await connection.query('SET search_path = nowhere')
    await connection.query('RESET ALL')
    expect(await setting(connection, 'statement_timeout')).toBe('77s')
    expect(await setting(connection, 'search_path')).toBe('"$user", public, "a b\\c"')
  })

  test('is told of every statement before it is sent', async () => {
    const statements: unknown[] = []
    const onStatement = (...statement: unknown[]) => statements.push(statement)
    const connection = await connect(() => {}, { onStatement })
    await connection.query('SELECT $1::text', ['x'])
    await connection.executeAll(['SELECT 1'])
    expect(statements).toEqual([['SELECT $1::text', ['x']], ['SELECT 1']])
  })

  test('goes to the next host of a list where one does not answer', async () => {
    const { port, host } = new URL(server.url)
    const url = server.url.replace(host, `127.0.0.1:1,127.0.0.1:${port}`)
    const connection = await connectServer({ url: `${url}?target_session_attrs=read-write` })
    open.push(connection)
    expect((await connection.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('opens another database of the same server', async () => {
    const connection = await connect(() => {}, { database: 'template1' })
    expect((await connection.query('SELECT current_database() AS name')).rows).toEqual([
      { name: 'template1' },
    ])
  })

  test('says when there is a pooler between it and the server', async () => {
    const connection = await connect()
    expect(await connection.isPooled?.()).toBe(false)
    const { driver } = connection as { driver: { processID: number } }
    driver.processID += 1
    expect(await connection.isPooled?.()).toBe(true)
  })

  test('that the server has ended fails the next statement, not the process', async () => {
    const [connection, killer] = [await connect(), await connect()]
    const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    await killer.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid])
    await new Promise(resolve => setTimeout(resolve, 50))
    const error = await connection.query('SELECT 1').catch(error => error)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error.code).toBe('08006')
  })
})

test('a statement that is refused says where and why', async () => {
  const connection = await connect()
  await expect(connection.query("SELECT 'ü', 1 FROM nowhere")).rejects.toMatchObject({
    name: 'DatabaseError',
    code: '42P01',
    message: 'relation "nowhere" does not exist',
    position: 20,
    sql: "SELECT 'ü', 1 FROM nowhere",
  })
})
