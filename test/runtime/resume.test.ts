import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('resume')
  project = createProject(database.url)
  await query(`CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL DEFAULT 0);
    INSERT INTO t SELECT i FROM generate_series(1, 30) AS i; CREATE TABLE done (what text)`)
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

const heads = async () => (await current(project.input)).heads

const write = (...lines: readonly string[]) =>
  project.writeRevision({
    id: 'a',
    upgrade: lines.map(line => `  ${line}`).join('\n'),
    downgrade: `  op.execute("INSERT INTO done VALUES ('down')")`,
  })

const note = (what: string) => `op.execute("INSERT INTO done VALUES ('${what}')")`

const done = async () =>
  (await query<{ what: string }>('SELECT what FROM done')).map(({ what }) => what)

const counters = () => query('SELECT n, count(*)::integer AS rows FROM t GROUP BY n ORDER BY n')

const messages = (type: 'warning' | 'progress') =>
  project.events.flatMap(event => (event.type === type ? [event.message] : []))

/** Refuses rows from this id on, while it is there. */
const obstacle = (id: number) => `ALTER TABLE t ADD CONSTRAINT obstacle CHECK (id < ${id} OR n = 0)`

const fill = "op.backfill('t', { set: { n: sql`n + 1` }, batchSize: 4, batchTime: 1 })"

describe('a revision that stopped midway', () => {
  test('goes on in its backfill, behind the last batch that was committed', async () => {
    write(note('before'), fill, note('behind'))
    await query(obstacle(15))
    const error = await failure()
    expect(error).toMatchObject({ code: 'STATEMENT_FAILED', facts: { partly: true } })
    expect(error.hint).toContain('it goes on behind what stays')
    const [zero, one] = (await counters()) as { n: number; rows: number }[]
    expect([zero!.rows + one!.rows, one!.n]).toEqual([30, 1])
    expect(one!.rows).toBeGreaterThan(0)
    expect(await done()).toEqual(['before'])

    await query('ALTER TABLE t DROP CONSTRAINT obstacle')
    project.events.length = 0
    await run()
    expect(await counters()).toEqual([{ n: 1, rows: 30 }])
    expect(await done()).toEqual(['before', 'behind'])
    expect(await heads()).toEqual(['a'])
    expect(messages('progress')).toContain(
      `a goes on where an earlier run has left it: 1 of its 3 steps are committed, and ${one!.rows} rows of the next.`,
    )
    expect(
      project.events.flatMap(event => (event.type === 'backfill' ? [event.rows] : [])).at(-1),
    ).toBe(30)
  })

  test('goes on behind a statement outside of transactions', async () => {
    const concurrently = "op.createIndex('ix', 't', ['n'], { concurrently: true })"
    write(
      note('before'),
      concurrently,
      note('behind'),
      "op.execute('SELECT 1 / count(*) FROM done')",
    )
    await query('CREATE RULE silent AS ON INSERT TO done DO INSTEAD NOTHING')
    await failure()
    await query('DROP RULE silent ON done')
    await run()
    expect(await done()).toEqual(['behind'])
    expect(await heads()).toEqual(['a'])
  })

  test('goes on behind an enum value that was committed for what uses it', async () => {
    await query(`CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE days (mood mood)`)
    const lines = [
      note('before'),
      `op.addEnumValue('mood', 'fine')`,
      `op.execute("INSERT INTO days VALUES ('fine')")`,
    ]
    write(...lines, "op.execute('SELECT 1/0')")
    await failure()
    write(...lines, note('behind'))
    await run()
    expect(await done()).toEqual(['before', 'behind'])
    expect(await query('SELECT mood::text FROM days')).toEqual([{ mood: 'fine' }])
  })

  test('may be corrected where it was not committed', async () => {
    write(note('before'), "op.backfill('t', { set: { n: sql`1 / (15 - id)` }, batchSize: 4 })")
    await failure()
    expect(await done()).toEqual(['before'])
    write(note('before'), "op.backfill('t', { set: { n: sql`7` }, batchSize: 4 })", note('behind'))
    await run()
    expect(await counters()).toEqual([{ n: 7, rows: 30 }])
    expect(await done()).toEqual(['before', 'behind'])
  })

  test('begins again, and says so, where what is committed was changed', async () => {
    write(note('before'), fill)
    await query(obstacle(15))
    await failure()
    await query('ALTER TABLE t DROP CONSTRAINT obstacle; UPDATE t SET n = 0')
    write(note('something else'), fill)
    await run()
    expect(await done()).toEqual(['before', 'something else'])
    expect(await counters()).toEqual([{ n: 1, rows: 30 }])
    expect(messages('warning')).toEqual([
      'A part of a was committed by an earlier run, and is another in the script now: it begins again.',
    ])
  })

  test('begins again when it was stamped, undone and comes back', async () => {
    write(note('before'), fill)
    await query(obstacle(15))
    await failure()
    await query('ALTER TABLE t DROP CONSTRAINT obstacle; UPDATE t SET n = 0')
    await stamp({ ...project.input, revisions: ['a'] })
    await downgrade({ ...project.input, revision: 'base' })
    await run()
    expect(await done()).toEqual(['before', 'down', 'before'])
    expect(await counters()).toEqual([{ n: 1, rows: 30 }])
  })

  test('is found in a ledger that was made before it could be noted', async () => {
    write(note('before'))
    await run()
    await query('ALTER TABLE limbeck_ledger DROP COLUMN progress')
    project.writeRevision({ id: 'b', down: 'a', upgrade: `  ${fill}` })
    await query(obstacle(15))
    await failure()
    await query('ALTER TABLE t DROP CONSTRAINT obstacle')
    await run()
    expect(await counters()).toEqual([{ n: 1, rows: 30 }])
  })

  test('leaves nothing open in the ledger', async () => {
    write(fill, note('behind'))
    await query(obstacle(15))
    await failure()
    expect(
      await query(
        `SELECT step, state, progress::json -> 'place' ->> 'rows' AS rows FROM limbeck_ledger`,
      ),
    ).toMatchObject([{ step: 1, state: 'intent', rows: expect.stringMatching(/^\d+$/) }])
    await query('ALTER TABLE t DROP CONSTRAINT obstacle')
    await run()
    expect(await query('SELECT step, state FROM limbeck_ledger ORDER BY sequence')).toEqual([
      { step: 1, state: 'done' },
      { step: 0, state: 'done' },
    ])
  })
})
