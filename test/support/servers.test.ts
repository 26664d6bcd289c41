import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { eachServer } from './each-server.ts'
import { pgDump } from './pg-dump.ts'
import { postgresServer, privateServer, queryOnce } from './servers.ts'
import { projectRoot } from './source-files.ts'

eachServer('a test server', ({ major, server, createDatabase }) => {
  test('is the major it is asked to be', async () => {
    const { url } = await server()
    const [row] = await queryOnce<{ server_version: string }>(url, 'SHOW server_version')
    expect(row!.server_version).toMatch(new RegExp(`^${major}\\.`))
  })

  test('creates databases that know nothing of each other', async () => {
    const [one, other] = await Promise.all([createDatabase('one'), createDatabase('other')])
    await queryOnce(one.url, 'CREATE TABLE apple (id int)')
    await expect(queryOnce(other.url, 'TABLE apple')).rejects.toThrow('does not exist')
  })

  test('copies a template', async () => {
    const template = await createDatabase('template')
    await queryOnce(template.url, 'CREATE TABLE apple (id int)')
    const copy = await createDatabase('copy', { template: template.name })
    expect(await queryOnce(copy.url, 'TABLE apple')).toEqual([])
  })

  test('drops a database that is in use', async () => {
    const { drop, name } = await createDatabase('dropped')
    await drop()
    const { url } = await server()
    expect(await queryOnce(url, `SELECT 1 FROM pg_database WHERE datname = '${name}'`)).toEqual([])
  })

  test('has the contrib extensions and collations', async () => {
    const { url } = await createDatabase('extensions')
    await queryOnce(
      url,
      'CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm',
    )
    const [row] = await queryOnce<{ n: number }>(
      url,
      `SELECT count(*)::int AS n FROM pg_collation WHERE collprovider = 'i'`,
    )
    expect(row!.n).toBeGreaterThan(100)
  })

  test('asks for a password', async () => {
    const { url } = await server()
    const wrong = Object.assign(new URL(url), { password: 'wrong' }).href
    await expect(queryOnce(wrong, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
  })
})

eachServer(
  'pgDump',
  ({ createDatabase }) => {
    test('writes the same text twice, and no word of versions', async () => {
      const { url } = await createDatabase('dumped')
      await queryOnce(url, 'CREATE TABLE apple (id int PRIMARY KEY)')
      const dump = await pgDump(url)
      expect(dump).toContain('CREATE TABLE public.apple (')
      expect(dump).not.toMatch(/restrict|Dumped|OWNER TO/)
      expect(await pgDump(url)).toBe(dump)
    })
  },
  { pgDump: true },
)

describe('postgresServer', () => {
  test('gives everybody of a run the same server', async () => {
    expect((await postgresServer()).url).toBe((await postgresServer()).url)
  })
})

// A server given by its URL may be all there is.
describe.skipIf(process.env.LIMBECK_TEST_POSTGRES_URL)('privateServer', () => {
  test('takes settings', async () => {
    const server = await privateServer(undefined, { max_connections: 7 })
    expect(await queryOnce(server.url, 'SHOW max_connections')).toEqual([{ max_connections: '7' }])
    await server.stop()
    await expect(queryOnce(server.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('ends with the process that started it, even where that is killed', async () => {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', startsServer], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [url] = await once(owner.stdout, 'data')
    expect(await queryOnce(String(url), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    owner.kill('SIGKILL')
    await vi.waitFor(
      () =>
        expect(queryOnce(String(url), 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' }),
      { timeout: 10_000 },
    )
  })
})

const startsServer = `
import './scripts/load-typescript.mjs'
const { privateServer } = await import('./test/support/servers.ts')
process.stdout.write((await privateServer()).url)
setInterval(() => {}, 1000)
`
