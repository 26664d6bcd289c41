import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DatabaseError } from '../../src/dialects/database-error.ts'
import { connectServer } from '../../src/dialects/postgresql/connect/server.ts'
import { piecewise } from '../../src/scratch/piecewise.ts'
import { openScratch } from '../../src/scratch/scratch.ts'
import type { PostgresProcess } from '../support/postgres-process.ts'
import { privateServer, queryOnce } from '../support/servers.ts'

let server: PostgresProcess

beforeAll(async () => {
  server = await privateServer(undefined, { max_locks_per_transaction: 10, max_connections: 10 })
})

afterAll(() => server.stop())

const tables = Array.from({ length: 3000 }, (_, n) => `CREATE TABLE t${n} (id integer)`)
const countTables = `SELECT count(*)::int AS count FROM pg_tables WHERE schemaname = 'public'`

describe('a rehearsal of more objects than one transaction can lock', () => {
  test('is done in another database, which is gone afterwards', async () => {
    const current = await connectServer({ url: server.url })
    const scratch = await openScratch({
      mode: 'server',
      dialect: 'postgresql',
      current: { connection: current, url: server.url },
    })
    try {
      const count = () =>
        scratch.rehearse(async connection => {
          await connection.executeAll(tables)
          const { rows } = await connection.query<{ count: number }>(countTables)
          return rows[0]!.count
        })
      expect(await count()).toBe(3000)
      expect(server.log()).toContain('out of shared memory')
      // What is known to be too much is not tried again.
      expect(await count()).toBe(3000)
      const { rows } = await scratch.connection.query(countTables)
      expect(rows).toEqual([{ count: 0 }])
    } finally {
      await scratch.close()
      await current.close()
    }
    const left = await queryOnce(server.url, `SELECT FROM pg_database WHERE datname ~ 'scratch'`)
    expect(left).toEqual([])
  })

  test('says of a statement that fails which one it was, and keeps together what a savepoint held', async () => {
    const connection = piecewise(await connectServer({ url: server.url }))
    try {
      const some = tables.slice(0, 450)
      await expect(connection.executeAll([...some, 'CREATE TABLE t0 ()'])).rejects.toMatchObject({
        statementIndex: 450,
        code: '42P07',
      })
      const together = ['SAVEPOINT s', 'CREATE TABLE one ()', 'CREATE TABLE t0 ()', 'RELEASE s']
      const error = await connection.executeAll(together).catch(error => error)
      expect(error).toBeInstanceOf(DatabaseError)
      expect(error.statementIndex).toBe(2)
      const { rows } = await connection.query(`SELECT to_regclass('one') AS one`)
      expect(rows).toEqual([{ one: null }])
    } finally {
      await connection.close()
    }
  })
})
