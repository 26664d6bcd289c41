import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { runInPsql } from '../support/psql.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('commits')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const run = (options: object = {}) => upgrade({ ...project.input, revision: 'head', ...options })

const failure = (options: object = {}): Promise<LimbeckError> =>
  run(options).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const heads = async () => (await current(project.input)).heads

/** A revision for each body, one after the other: `a`, `b`, … */
function write(...bodies: readonly string[]): void {
  for (const [index, body] of bodies.entries()) {
    const id = String.fromCharCode(97 + index)
    const down = index === 0 ? null : String.fromCharCode(96 + index)
    project.writeRevision({ id, down, upgrade: `  ${body}` })
  }
}

const eventsOf = <T extends RuntimeEvent['type']>(type: T) =>
  project.events.filter((event): event is Extract<RuntimeEvent, { type: T }> => event.type === type)

const createT = `op.createTable('t', { id: integer() })`

describe('the commits that a run needs', () => {
  test('are told before anything runs, each with its reason', async () => {
    await query(
      `CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE days (id integer PRIMARY KEY, mood mood)`,
    )
    write(
      createT,
      `op.execute('VACUUM t')\n  op.autocommit(() => op.execute('ANALYZE t'))`,
      `op.addEnumValue('mood', 'fine')\n  op.execute("INSERT INTO days VALUES (1, 'fine')")`,
      `op.addEnumValue('mood', 'so')`,
      `op.backfill('days', { set: { mood: 'so' } })`,
    )
    await run()
    const commits = [
      { revision: 'b', sql: 'VACUUM t', reason: 'outside' },
      { revision: 'b', sql: 'ANALYZE t', reason: 'autocommit' },
      { revision: 'c', sql: "INSERT INTO days VALUES (1, 'fine')", reason: 'newValue' },
      { revision: 'e', sql: 'op.backfill days: mood', reason: 'backfill' },
    ]
    expect(eventsOf('plan')).toEqual([{ type: 'plan', commits }])
    expect(eventsOf('commitBoundary')).toEqual(
      commits.map(commit => ({ type: 'commitBoundary', ...commit })),
    )
    const types = project.events.map(({ type }) => type)
    expect(types.indexOf('plan')).toBeLessThan(types.indexOf('step'))
  })

  // Tried on PostgreSQL 13, 14, 15 and 17: each takes it in the transaction of ADD VALUE.
  test('none is needed to rename a value that is new; its new name has to wait as it had to', async () => {
    write(
      `op.createEnum('mood', ['bad'])`,
      `op.addEnumValue('mood', 'fine')\n  op.renameEnumValue('mood', 'fine', 'good')`,
      `op.execute("CREATE TABLE days AS SELECT 'good'::mood AS mood")`,
    )
    await run()
    const sql = "CREATE TABLE days AS SELECT 'good'::mood AS mood"
    expect(eventsOf('plan')).toEqual([
      { type: 'plan', commits: [{ revision: 'c', sql, reason: 'newValue' }] },
    ])
    expect(await query('SELECT mood FROM days')).toEqual([{ mood: 'good' }])
  })

  test('are not told of where there are none', async () => {
    write(createT)
    await run()
    expect(eventsOf('plan')).toEqual([])
  })
})

describe('--atomic', () => {
  test('refuses what has to commit on its way, and runs nothing', async () => {
    write(createT, `op.createIndex('ix', 't', ['id'], { concurrently: true })`)
    const error = await failure({ atomic: true })
    expect(error).toMatchObject({
      code: 'ATOMIC_IMPOSSIBLE',
      facts: {
        commits: [
          { revision: 'b', sql: 'CREATE INDEX CONCURRENTLY ix ON t (id)', reason: 'outside' },
        ],
      },
    })
    expect(error.message).toContain(
      'in b, before CREATE INDEX CONCURRENTLY ix ON t (id): it cannot',
    )
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
  })

  test('makes one transaction of all revisions, whatever the config says', async () => {
    project.configure({ transactionPerMigration: true })
    write(createT, `op.execute('SELECT 1/0')`)
    expect((await failure({ atomic: true })).facts).toMatchObject({
      stayed: [],
      rolledBack: ['a', 'b'],
    })
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
  })

  test('refuses to write a script that could stop midway', async () => {
    write(`op.autocommit(() => { ${createT} })`)
    expect(await failure({ atomic: true, sql: true })).toMatchObject({
      code: 'ATOMIC_IMPOSSIBLE',
      facts: { commits: [{ reason: 'autocommit' }] },
    })
  })

  test('holds for downgrades', async () => {
    project.writeRevision({ id: 'a', upgrade: createT, downgrade: `  op.execute('VACUUM t')` })
    await run({ atomic: true })
    const work = downgrade({ ...project.input, revision: 'base', atomic: true })
    await expect(work).rejects.toMatchObject({ code: 'ATOMIC_IMPOSSIBLE' })
    expect(await heads()).toEqual(['a'])
  })

  test('is refused where every change of a schema is a commit', async () => {
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        context.configure({ transactionalDdl: false })
        await context.runMigrations()
      }`,
    )
    write(createT)
    expect(await failure({ atomic: true })).toMatchObject({ code: 'ATOMIC_IMPOSSIBLE' })
  })
})

describe('op.autocommit', () => {
  test('runs what has transactions of its own, and values with it', async () => {
    await query(`CREATE TABLE seen (n integer);
      CREATE PROCEDURE fill(upto integer) LANGUAGE plpgsql AS $$ BEGIN
        FOR i IN 1..upto LOOP INSERT INTO seen VALUES (i); COMMIT; END LOOP; END $$`)
    write(`${createT}\n  op.autocommit(() => op.execute('CALL fill($1)', { parameters: [3] }))
  op.execute('DROP TABLE t')`)
    await run()
    expect(await query('SELECT count(DISTINCT xmin::text)::integer AS n FROM seen')).toEqual([
      { n: 3 },
    ])
    expect(await heads()).toEqual(['a'])
  })

  test('lets code begin and commit as it likes', async () => {
    write(`${createT}
  op.autocommit(op => op.run(async ({ connection, op }) => {
    await connection.query('BEGIN; INSERT INTO t VALUES (1); COMMIT')
    op.createIndex('ix', 't', ['id'], { concurrently: true })
    await op.flush()
    await connection.query('VACUUM t')
  }))`)
    await run()
    expect(await query('SELECT indexname FROM pg_indexes')).toContainEqual({ indexname: 'ix' })
    expect(await query('SELECT id FROM t')).toEqual([{ id: 1 }])
  })

  test('takes back a transaction that code has left open', async () => {
    write(`${createT}
  op.autocommit(op => op.run(async ({ connection }) => {
    await connection.query('BEGIN; INSERT INTO t VALUES (1)')
  }))`)
    const error = await failure()
    expect(error).toMatchObject({ code: 'RUN_FAILED', facts: { revision: 'a', partly: true } })
    expect(error.message).toContain('left a transaction open')
    expect(await query('SELECT id FROM t')).toEqual([])
  })

  test('is proposed for what the database does not want in a transaction', async () => {
    await query(
      'CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CREATE TABLE t ()',
    )
    write(`op.execute('ANALYZE t; VACUUM t')`)
    const error = await failure()
    expect(error).toMatchObject({ facts: { sqlstate: '25001' } })
    expect(error.hint).toContain('op.autocommit')
  })
})

describe('op.run in the transaction of its revision', () => {
  test.each([
    [`op.createIndex('ix', 't', ['id'], { concurrently: true })`, '+ index ix on t'],
    [`op.execute('VACUUM t')`, '~ execute VACUUM t'],
    [`op.autocommit(() => op.execute('ANALYZE t'))`, '~ execute ANALYZE t'],
    [`op.backfill('t', { set: { id: 1 } })`, '~ backfill t: id'],
  ])('takes nothing that has to be outside: %s', async (directive, described) => {
    write(`${createT}\n  op.run(async ({ op }) => { ${directive}; await op.flush() })`)
    const error = await failure()
    expect(error).toMatchObject({ code: 'RUN_FAILED', facts: { revision: 'a', partly: false } })
    expect(error.message).toContain(`${described.slice(2)} cannot be inside op.run`)
  })
})

describe('a script of SQL', () => {
  test('runs outside of transactions what is to be there', async () => {
    await query('CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$')
    write(`${createT}
  op.execute('VACUUM t')
  op.autocommit(op => {
    op.execute('CALL p()')
    op.run(() => {}, { offline: sql\`REINDEX TABLE CONCURRENTLY t\` })
  })
  op.execute('INSERT INTO t VALUES (1)')`)
    const { sql } = await run({ sql: true })
    await runInPsql(database.url, project.write('script.sql', sql!))
    expect(await query('SELECT id FROM t')).toEqual([{ id: 1 }])
    expect(await heads()).toEqual(['a'])
  })

  test('has a backfill as one statement, and needs other words for its code', async () => {
    await query('CREATE TABLE "T" (id integer, n integer); INSERT INTO "T" VALUES (1), (2)')
    write(`op.backfill('T', { set: { n: sql\`id * 2 -- twice\` }, where: sql\`id > 1 -- some\` })
  op.backfill('T', { set: sql\`n = coalesce(n, 0) + 1 -- all\` })`)
    const { sql } = await run({ sql: true })
    await runInPsql(database.url, project.write('script.sql', sql!))
    expect(await query('SELECT * FROM "T" ORDER BY id')).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 5 },
    ])
    write(`op.backfill('T', { run: () => {} })`)
    const error = await failure({ sql: true })
    expect(error).toMatchObject({ code: 'RUN_OFFLINE', facts: { revision: 'a' } })
    expect(error.message).toContain('op.backfill at')
    write(`op.backfill('T', { run: () => {}, offline: sql\`SELECT 42\` })`)
    expect((await run({ sql: true })).sql).toContain('SELECT 42;')
  })
})
