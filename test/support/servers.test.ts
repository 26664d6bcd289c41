import { describe, expect, test } from 'vitest'
import { eachServer } from './each-server.ts'
import { pgDump } from './pg-dump.ts'
import { postgresServer, queryOnce } from './servers.ts'

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
