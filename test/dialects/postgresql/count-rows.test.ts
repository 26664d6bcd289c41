import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/dialect.ts'
import { loadConnection } from '../../../src/dialects/load-connection.ts'
import { countRows } from '../../../src/dialects/postgresql/count-rows.ts'
import { eachServer } from '../../support/each-server.ts'
import { queryOnce } from '../../support/servers.ts'

eachServer('countRows', server => {
  const role = `limbeck_counts_${process.pid}_${server.major}`
  let url: string
  let connection: Connection

  beforeAll(async () => {
    url = (await server.createDatabase('count_rows')).url
    connection = await loadConnection('postgresql', { kind: 'url', url })
    await connection.executeAll([
      'CREATE SCHEMA "Up"',
      'CREATE TABLE "Up"."Few" (id int, "Nick" text)',
      `INSERT INTO "Up"."Few" VALUES (1, 'a'), (2, NULL), (3, NULL)`,
      'CREATE TABLE none (id int)',
      'CREATE TABLE many (id int, odd int)',
      'INSERT INTO many SELECT n, nullif(n % 2, 0) FROM generate_series(1, 250000) AS n',
      'CREATE TABLE parted (id int) PARTITION BY RANGE (id)',
      'CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100)',
      'INSERT INTO parted SELECT generate_series(0, 41)',
      `CREATE ROLE ${role} LOGIN PASSWORD 'opensesame'`,
      `GRANT SELECT ON none TO ${role}`,
    ])
  })
  afterAll(async () => {
    await connection.executeAll([`DROP OWNED BY ${role}`, `DROP ROLE ${role}`])
    await connection.close()
  })

  const table = (name: string, schema?: string) => ({ table: { schema, name } })

  test('counts tables, partitions and the values of columns', async () => {
    const few = table('Few', 'Up')
    const parts = [few, { ...few, column: 'Nick' }, table('none'), table('parted')]
    expect(await countRows(connection, parts)).toEqual(
      [3, 1, 0, 42].map(rows => ({ isThere: true, rows })),
    )
  })

  test('guesses where there is too much to count, before and after ANALYZE', async () => {
    const parts = [table('many'), { ...table('many'), column: 'odd' }]
    const [never] = await countRows(connection, parts)
    expect(never).toMatchObject({ isThere: true, isAbout: true })
    expect(never!.rows).toBeGreaterThanOrEqual(100_000)
    await connection.query('ANALYZE many')
    const [all, odd] = await countRows(connection, parts)
    expect(all).toMatchObject({ isThere: true, isAbout: true })
    expect(all!.rows! / 250_000).toBeCloseTo(1, 1)
    expect(odd!.rows! / 125_000).toBeCloseTo(1, 1)
  })

  test('says what is not there, and what may not be read', async () => {
    const parts = [table('gone'), { ...table('none'), column: 'gone' }, table('gone', 'gone')]
    expect(await countRows(connection, parts)).toEqual(parts.map(() => ({ isThere: false })))
    const asRole = Object.assign(new URL(url), { username: role, password: 'opensesame' }).href
    const humble = await loadConnection('postgresql', { kind: 'url', url: asRole })
    try {
      expect(await countRows(humble, [table('many'), table('none')])).toEqual([
        { isThere: true },
        { isThere: true, rows: 0 },
      ])
    } finally {
      await humble.close()
    }
  })

  test('leaves a transaction that is open alone', async () => {
    await connection.query('BEGIN')
    await connection.query('INSERT INTO none VALUES (1)')
    const counted = await countRows(connection, [table('none'), table('gone')])
    await connection.query('ROLLBACK')
    expect(counted).toEqual([{ isThere: true, rows: 1 }, { isThere: false }])
    expect(await queryOnce(url, 'SELECT FROM none')).toEqual([])
  })
})
