import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('cut_off')
  project = createProject(database.url)
  await query(`CREATE TABLE t (id integer NOT NULL, n text); CREATE INDEX "t n" ON t (n);
    INSERT INTO t SELECT i, i FROM generate_series(1, 30) AS i;
    CREATE TABLE p (id integer NOT NULL) PARTITION BY RANGE (id);
    CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
    CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
    CREATE TABLE done (what text);
    CREATE PROCEDURE work() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO done VALUES ('worked'); COMMIT; END $$`)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const run = () => upgrade({ ...project.input, revision: 'head' })

const failure = (): Promise<LimbeckError> =>
  run().then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const write = (...lines: readonly string[]) =>
  project.writeRevision({ id: 'a', upgrade: lines.join('\n  ') })

const note = (what: string) => `op.execute("INSERT INTO done VALUES ('${what}')")`

const done = async () =>
  (await query<{ what: string }>('SELECT what FROM done')).map(({ what }) => what)

/** The indexes of a table and the partitions of another one, and which of them are half made. */
const state = async () => {
  const [row] = await query<{ state: string }>(`SELECT concat_ws(' ',
    (SELECT string_agg(c.relname || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END, ', ' ORDER BY c.relname)
      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid WHERE i.indrelid = 't'::regclass),
    (SELECT string_agg(inhrelid::regclass || CASE WHEN inhdetachpending THEN ' pending' ELSE '' END, ', ' ORDER BY inhrelid::regclass::text)
      FROM pg_inherits WHERE inhparent = 'p'::regclass)) AS state`)
  return row!.state
}

/** Ends the session of a run as soon as it waits for somebody else's transaction. */
async function cutOff(): Promise<void> {
  const blocker = new Client({ connectionString: database.url })
  await blocker.connect()
  await blocker.query('BEGIN; UPDATE t SET n = n WHERE id = 1; SELECT FROM p')
  const failed = failure()
  const isWaiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
    AND application_name LIKE '%limbeck%' AND wait_event_type = 'Lock'`
  while ((await query(isWaiting)).length === 0) await sleep(5)
  await query(`SELECT pg_terminate_backend(pid) FROM (${isWaiting}) AS waiting`)
  expect((await failed).message).toContain('terminating connection')
  await blocker.query('ROLLBACK')
  await blocker.end()
}

describe('half done when its connection broke', () => {
  test.each<[statement: string, half: string, whole: string]>([
    [
      `op.createIndex('t_id', 't', ['id'], { concurrently: true })`,
      't n, t_id invalid p1, p2',
      't n, t_id p1, p2',
    ],
    [
      `op.execute('CREATE INDEX CONCURRENTLY "T id" ON t (id)')`,
      'T id invalid, t n p1, p2',
      'T id, t n p1, p2',
    ],
    [
      `op.createPrimaryKey('t_pkey', 't', ['id'], { concurrently: true })`,
      't n, t_pkey invalid p1, p2',
      't n, t_pkey p1, p2',
    ],
    [`op.dropIndex('t n', { table: 't', concurrently: true })`, 't n invalid p1, p2', 'p1, p2'],
    [
      `op.execute('REINDEX INDEX CONCURRENTLY "t n"')`,
      't n, t n_ccnew invalid p1, p2',
      't n p1, p2',
    ],
    [`op.execute('REINDEX TABLE CONCURRENTLY t')`, 't n, t n_ccnew invalid p1, p2', 't n p1, p2'],
    [
      `op.execute('ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY')`,
      't n p1 pending, p2',
      't n p2',
    ],
  ])('%s is brought to its end', async (statement, half, whole) => {
    write(note('before'), statement, note('behind'))
    await cutOff()
    expect(await state()).toBe(half)
    await run()
    expect(await state()).toBe(whole)
    expect(await done()).toEqual(['before', 'behind'])
  })
})

/** Has the ledger say what a kill between the end of a statement and its note would leave. */
async function forgetEnd(...lines: readonly string[]): Promise<void> {
  write(...lines, "op.execute('SELECT 1 / 0')")
  expect((await failure()).message).toContain('division by zero')
  await query("UPDATE limbeck_ledger SET state = 'intent' WHERE state = 'done'")
  write(...lines, note('behind'))
}

describe('done, and not noted', () => {
  test.each<[statement: string, whole: string]>([
    [`op.createIndex('t_id', 't', ['id'], { concurrently: true })`, 't n, t_id p1, p2'],
    [`op.execute('CREATE INDEX CONCURRENTLY t_id ON public.t (id)')`, 't n, t_id p1, p2'],
    [`op.dropIndex('t n', { table: 't', concurrently: true })`, 'p1, p2'],
    [`op.execute('ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY')`, 't n p2'],
    [`op.execute('VACUUM t')`, 't n p1, p2'],
  ])('%s is not refused the second time', async (statement, whole) => {
    await forgetEnd(statement)
    project.events.length = 0
    await run()
    const isTold = project.events.some(
      event => event.type === 'progress' && event.message.includes('had done this'),
    )
    expect(isTold).toBe(!statement.includes('VACUUM'))
    expect(await state()).toBe(whole)
    expect(await done()).toEqual(['behind'])
  })

  test('an index that somebody else had made is still in the way', async () => {
    await query('CREATE INDEX t_id ON t (n)')
    write(`op.createIndex('t_id', 't', ['id'], { concurrently: true })`)
    for (const _ of [1, 2]) expect((await failure()).message).toContain('already exists')
  })
})

describe('what leaves no mark', () => {
  const call = "op.autocommit(() => op.execute('CALL work()'))"

  test.each(['done', 'failed'])('is asked about, and the answer %s is gone by', async answer => {
    await forgetEnd(note('before'), call)
    const error = await failure()
    expect(error.code).toBe('STATEMENT_UNCERTAIN')
    expect(error.message).toContain('CALL work()')
    expect(await done()).toEqual(['before', 'worked'])
    const statement = error.hint!.split('\n').find(line => line.includes(`'${answer}'`))!
    await query(statement.slice(statement.indexOf('UPDATE')))
    await run()
    const again = answer === 'failed' ? ['worked'] : []
    expect(await done()).toEqual(['before', 'worked', ...again, 'behind'])
  })

  test('runs again where the script says that it may, also afterwards', async () => {
    await forgetEnd(call)
    write("op.autocommit(() => op.execute('CALL work()'), { repeatable: true })", note('behind'))
    await run()
    expect(await done()).toEqual(['worked', 'worked', 'behind'])
  })

  test('is the code of op.run outside of transactions, too', async () => {
    await forgetEnd(`op.autocommit(() => op.run(async () => {}))`)
    expect(await failure()).toMatchObject({
      code: 'STATEMENT_UNCERTAIN',
      facts: { statement: 'op.run' },
    })
  })

  test('is no question where the database has refused it', async () => {
    write("op.autocommit(() => op.execute('CALL missing()'))", note('behind'))
    await failure()
    await query(`CREATE PROCEDURE missing() LANGUAGE sql AS 'INSERT INTO done VALUES (''there'')'`)
    await run()
    expect(await done()).toEqual(['there', 'behind'])
  })
})

test.each([
  ['', ['once']],
  [', { repeatable: true }', ['once', 'once']],
])('code that may have committed is tried again only where it may: %s', async (option, noted) => {
  write(`op.autocommit(() => op.run(async ({ connection }) => {
    await connection.query("INSERT INTO done VALUES ('once')")
    await connection.query("SET lock_timeout = '50ms'")
    await connection.query('ALTER TABLE t ADD COLUMN more text')
  })${option})`)
  const blocker = new Client({ connectionString: database.url })
  await blocker.connect()
  await blocker.query('BEGIN; SELECT FROM t')
  const isRetried = () => project.events.some(event => event.type === 'retry')
  const ended = run().then(
    () => 'done',
    error => error.code,
  )
  while (!isRetried() && (await Promise.race([ended, sleep(10, '')])) === '');
  await blocker.query('ROLLBACK')
  await blocker.end()
  expect(await ended).toBe(option === '' ? 'LOCK_TIMEOUT' : 'done')
  expect(await done()).toEqual(noted)
})

test('what stands alone is a transaction with its line of the ledger', async () => {
  write(`op.autocommit(() => {
    ${note('alone')}
    op.execute('INSERT INTO done SELECT 1 / count(*) FROM t')
  })`)
  await query('DELETE FROM t')
  await failure()
  const lines = `SELECT l.step, l.state, l.xmin::text = d.xmin::text AS together
    FROM limbeck_ledger AS l CROSS JOIN done AS d ORDER BY l.sequence`
  expect(await query(lines)).toEqual([
    { step: 1, state: 'done', together: true },
    { step: 2, state: 'failed', together: false },
  ])
  await query(
    "INSERT INTO t VALUES (1, 1); UPDATE limbeck_ledger SET state = 'intent' WHERE step = 2",
  )
  await run()
  expect(await done()).toEqual(['alone', '1'])
})

test('what no transaction may hold after all stands alone without one', async () => {
  await query('CREATE INDEX p_id ON p (id)')
  write("op.autocommit(() => op.execute('REINDEX TABLE p'))")
  await run()
  expect(await query('SELECT state FROM limbeck_ledger ORDER BY sequence')).toEqual([
    { state: 'done' },
    { state: 'done' },
  ])
})
