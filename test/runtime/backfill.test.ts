import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('backfill')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const run = (url = database.url) => upgrade({ ...project.input, url, revision: 'head' })

const failure = (): Promise<LimbeckError> =>
  run().then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const heads = async () => (await current(project.input)).heads

const write = (upgrade: string) => project.writeRevision({ id: 'a', upgrade: `  ${upgrade}` })

/** Every value of n that a row of the table has, with the number of rows that have it. */
const counters = async (table = 't') => {
  const rows = await query<{ n: number; rows: number }>(
    `SELECT n, count(*)::integer AS rows FROM ${table} GROUP BY n ORDER BY n`,
  )
  return Object.fromEntries(rows.map(({ n, rows: count }) => [n, count]))
}

const eventsOf = <T extends RuntimeEvent['type']>(type: T) =>
  project.events.filter((event): event is Extract<RuntimeEvent, { type: T }> => event.type === type)

const makeTable = (rows: number) =>
  query(`CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0, name text);
    INSERT INTO t (id, name) SELECT i * 3, 'Name ' || i FROM generate_series(1, ${rows}) AS i; ANALYZE t`)

describe('a backfill', () => {
  test('meets each of 100,000 rows once, in many transactions', async () => {
    await makeTable(100_000)
    write("op.backfill('t', { set: { n: sql`n + 1`, name: sql`lower(name)` }, batchTime: 50 })")
    await run()
    expect(await counters()).toEqual({ 1: 100_000 })
    const [seen] = await query<{ transactions: number; capitals: number }>(
      `SELECT count(DISTINCT xmin::text)::integer AS transactions,
        (count(*) FILTER (WHERE name LIKE 'N%'))::integer AS capitals FROM t`,
    )
    expect(seen).toMatchObject({ capitals: 0 })
    expect(seen!.transactions).toBeGreaterThan(3)
    expect(await heads()).toEqual(['a'])
  }, 30_000)

  test('tells where it commits before anything runs, and how far it is', async () => {
    await makeTable(5000)
    write("op.backfill('t', { set: sql`n = n + 1` })")
    await run()
    const commit = { revision: 'a', sql: 'op.backfill t: n = n + 1', reason: 'backfill' }
    const told = project.events.map(({ type }) => type)
    expect(eventsOf('plan')).toEqual([{ type: 'plan', commits: [commit] }])
    expect(told.indexOf('plan')).toBeLessThan(told.indexOf('step'))
    expect(eventsOf('commitBoundary')).toEqual([{ type: 'commitBoundary', ...commit }])
    expect(eventsOf('backfill').at(-1)).toMatchObject({
      revision: 'a',
      table: 't',
      rows: 5000,
      of: 5000,
      secondsLeft: 0,
    })
  })

  test('changes only the rows that it is told to', async () => {
    await makeTable(3000)
    write("op.backfill('t', { set: { n: 1, name: null }, where: sql`id % 2 = 0 -- even` })")
    await run()
    expect(await counters()).toEqual({ 0: 1500, 1: 1500 })
    expect(await query('SELECT count(*)::integer AS n FROM t WHERE name IS NULL')).toEqual([
      { n: 1500 },
    ])
  })

  test('of an empty table does nothing', async () => {
    await makeTable(0)
    write("op.backfill('t', { set: { n: 1 } })")
    await run()
    expect(eventsOf('backfill')).toMatchObject([{ rows: 0, of: 0 }])
  })

  test('runs on the embedded database, too', async () => {
    project.write(
      'limbeck.config.ts',
      "export default { embedded: { directory: './data' }, url: undefined }\n",
    )
    write(`op.execute(\`CREATE TABLE t (id integer PRIMARY KEY, n integer);
      INSERT INTO t SELECT i FROM generate_series(1, 2500) AS i\`)
    op.backfill('t', { set: { n: 1 } })
    op.execute('DO $$ BEGIN ASSERT (SELECT count(*) FROM t WHERE n = 1) = 2500; END $$')`)
    await upgrade({ ...project.input, revision: 'head' })
    expect(eventsOf('backfill').at(-1)).toMatchObject({ rows: 2500 })
  }, 60_000)

  test.each([
    ['integer', 'i'],
    ['bigint', 'i * 4000000000'],
    ['numeric', 'i / 7.0'],
    ['double precision', 'sqrt(i)'],
    ['text', `chr(64 + i % 40) || 'é''"\\' || i`],
    ['text COLLATE "C"', `chr(64 + i % 40) || ' ' || i`],
    ['char(9)', `'x' || i`],
    ['uuid', 'md5(i::text)::uuid'],
    ['timestamptz', `'2020-01-01'::timestamptz + i * interval '1.000001 s'`],
    ['date', `'0001-01-01 BC'::date + i * 4000`],
    ['bytea', 'sha256(int4send(i))'],
    ['inet', `'10.0.0.0'::inet + i`],
    [
      'boolean[]',
      `string_to_array(regexp_replace(i::bit(12)::text, '(.)', '\\1 ', 'g'), ' ', '')::boolean[]`,
    ],
  ])('walks along a key of type %s', async (type, value) => {
    await query(`CREATE TABLE t (key ${type} PRIMARY KEY, n integer NOT NULL DEFAULT 0);
      INSERT INTO t SELECT ${value} FROM generate_series(1, 50) AS i`)
    write("op.backfill('t', { set: { n: sql`n + 1` }, batchSize: 7, batchTime: 1 })")
    await run()
    expect(await counters()).toEqual({ 1: 50 })
  })

  test('walks along a key of several columns with names that need quotes', async () => {
    await query(`CREATE SCHEMA "My"; CREATE TABLE "My"."Order" ("Part ""A""" text, "select" integer,
      n integer NOT NULL DEFAULT 0, PRIMARY KEY ("Part ""A""", "select"));
      INSERT INTO "My"."Order" SELECT 'p' || i % 7, i FROM generate_series(1, 100) AS i`)
    write(
      "op.backfill('Order', { schema: 'My', set: { n: sql`n + 1` }, batchSize: 9, batchTime: 1 })",
    )
    await run()
    expect(await counters('"My"."Order"')).toEqual({ 1: 100 })
    expect(eventsOf('backfill').at(-1)).toMatchObject({ table: 'My.Order', rows: 100 })
  })

  test.each([`'no'`, `'t_key'`, `['no']`])('walks along the unique key %s', async key => {
    await query(`CREATE TABLE t (n integer NOT NULL DEFAULT 0, no integer NOT NULL, other integer);
      CREATE UNIQUE INDEX t_key ON t (no); CREATE UNIQUE INDEX nullable ON t (other);
      INSERT INTO t SELECT 0, i FROM generate_series(1, 20) AS i`)
    write(`op.backfill('t', { set: { n: sql\`n + 1\` }, key: ${key}, batchSize: 3 })`)
    await run()
    expect(await counters()).toEqual({ 1: 20 })
  })

  test.each([
    ['{ set: { n: 1 } }', 't has no primary key', 'Name one with `key`: t_key (no).'],
    [`{ set: { n: 1 }, key: 'other' }`, 't has no unique key other whose columns', 't_key (no)'],
    [`{ set: { no: 1 }, key: 'no' }`, 'sets no, of the key along which it walks', 'another unique'],
  ])('is refused before anything is committed: %s', async (options, message, hint) => {
    await query(`CREATE TABLE t (n integer, no integer NOT NULL, other integer);
      CREATE UNIQUE INDEX t_key ON t (no); CREATE UNIQUE INDEX nullable ON t (other);
      CREATE UNIQUE INDEX part ON t (n) WHERE n > 0; CREATE UNIQUE INDEX ex ON t ((n + 1))`)
    write(`op.createTable('made', { id: integer() })\n  op.backfill('t', ${options})`)
    const error = await failure()
    expect(error).toMatchObject({ code: 'BACKFILL_KEY', facts: { revision: 'a', partly: false } })
    expect(error.message).toContain(message)
    expect(error.hint).toContain(hint)
    expect(await query(`SELECT to_regclass('made') AS made`)).toEqual([{ made: null }])
  })

  test('of a table that is not there says so as the database does', async () => {
    write("op.backfill('nowhere', { set: { n: 1 } })")
    expect(await failure()).toMatchObject({
      code: 'STATEMENT_FAILED',
      facts: { sqlstate: '42P01', partly: false, file: expect.any(String), line: 14 },
    })
  })

  test('gives way in a deadlock and does its batch again', async () => {
    await makeTable(2)
    const other = new Client({ connectionString: database.url })
    await other.connect()
    await other.query(`SET deadlock_timeout = '20s'; BEGIN; UPDATE t SET name = 'x' WHERE id = 6`)
    write("op.backfill('t', { set: { n: sql`n + 1` } })")
    const work = run()
    await waitFor(`SELECT 1 FROM pg_locks WHERE NOT granted`)
    await other.query(`UPDATE t SET name = 'x' WHERE id = 3; COMMIT`)
    await work
    await other.end()
    expect(await query('SELECT n, name FROM t')).toEqual([
      { n: 1, name: 'x' },
      { n: 1, name: 'x' },
    ])
  }, 30_000)
})

/** Waits until a query has rows. */
async function waitFor(sql: string): Promise<void> {
  while ((await query(sql)).length === 0) await new Promise(resolve => setTimeout(resolve, 20))
}

describe('a backfill with code', () => {
  test('is given the rows of each batch, which stay locked', async () => {
    await makeTable(25)
    write(`op.backfill<{ id: number; name: string }>('t', {
    where: sql\`id > 15\`,
    columns: ['id', 'name'],
    batchSize: 7,
    batchTime: 1,
    run: async ({ connection, rows }) => {
      const { rows: [locks] } = await connection.query<{ n: number }>(
        "SELECT count(*)::integer AS n FROM pg_locks WHERE mode = 'RowShareLock' AND relation = 't'::regclass")
      for (const { id, name } of rows)
        await connection.query('UPDATE t SET n = n + $1, name = $2 WHERE id = $3', [locks!.n, name.length, id])
    },
  })`)
    await run()
    expect(await counters()).toEqual({ 0: 5, 1: 20 })
    expect(await query('SELECT name FROM t WHERE id = 75')).toEqual([{ name: '7' }])
  })

  test('names the place of what it threw, and keeps what is committed', async () => {
    await makeTable(20)
    write(`op.backfill<{ id: number }>('t', {
    batchSize: 5,
    run: async ({ connection, rows }) => {
      await connection.query('UPDATE t SET n = 1 WHERE id <= $1', [rows.at(-1)!.id])
      if (rows.some(({ id }) => id === 33)) throw new Error('I do not like 33')
    },
  })`)
    const error = await failure()
    expect(error).toMatchObject({
      code: 'RUN_FAILED',
      facts: { revision: 'a', line: 14, partly: true },
    })
    expect(error.message).toContain('I do not like 33')
    expect(error.message).toContain('operation: ~ backfill t: by code')
    expect(await counters()).toEqual({ 0: 15, 1: 5 })
  })
})
