import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { version } from '../../src/version.ts'
import { limbeckIn } from '../support/command-line.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('ledger')
  project = createProject(database.url)
  project.writeRevision({ id: 'a', upgrade: "  op.createTable('one', { id: integer() })" })
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade: "  op.createTable('two', { id: integer() })",
  })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)
const run = (revision = 'head') => upgrade({ ...project.input, revision })
const limbeck = (...words: readonly string[]) => limbeckIn(project.folder, words)

async function printed(...words: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await limbeck(...words)
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('warning')])
  return stdout
}

/** The line that the database itself would give for a revision. */
async function expectedLine(id: string): Promise<string> {
  const [row] = await query<{ at: string; took: number; who: string }>(
    `SELECT to_char(date_trunc('milliseconds', finished) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS at,
       round(extract(epoch FROM date_trunc('milliseconds', finished) - date_trunc('milliseconds', started)) * 1000)::integer AS took, who
     FROM limbeck_ledger WHERE revision = '${id}'`,
  )
  const { at, took, who } = row!
  return `Applied: ${at}+00:00, in ${took} ms, by ${who} on ${hostname()} with limbeck ${version}`
}

describe('what the ledger says', () => {
  test.each([
    ['current', '-v'],
    ['show', 'b', '-v'],
    ['history', '-i', '-v'],
  ])('%s %s is printed below the path', async (...words) => {
    await run()
    const text = await printed(...words)
    expect(text).toContain(`b_test.ts\n${await expectedLine('b')}\nScript: as it was then\n\n`)
  })

  test('is told in --json', async () => {
    await run()
    const { revisions } = JSON.parse(await printed('history', '-i', '-v', '--json'))
    const [row] = await query<{ who: string }>('SELECT DISTINCT who FROM limbeck_ledger')
    expect(revisions.map((one: { ledger: object }) => one.ledger)).toEqual(
      ['b', 'a'].map(() => ({
        direction: 'upgrade',
        state: 'whole',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        milliseconds: expect.any(Number),
        who: row!.who,
        host: hostname(),
        application: 'limbeck',
        version,
        script: 'same',
      })),
    )
  })

  test('is not asked for without --verbose, and history asks no database by itself', async () => {
    await run()
    expect(await printed('current')).toBe('b (head)\n')
    expect(await printed('show', 'b')).not.toContain('Applied')
    project.configure({ url: 'postgresql://nobody@127.0.0.1:1/none' })
    expect(await printed('history', '-v')).not.toContain('Applied')
  })

  test('is nothing in a database of Alembic', async () => {
    await query(`CREATE TABLE alembic_version (version_num varchar(32) NOT NULL);
      INSERT INTO alembic_version VALUES ('b')`)
    const plain = await printed('show', 'b')
    expect(await printed('current', '-v')).toContain(plain)
    expect(await printed('show', 'b', '-v')).toBe(plain)
  })

  test('goes by the sequence, whatever the clock showed, and shows no negative duration', async () => {
    await run()
    await query(`INSERT INTO limbeck_ledger
        (revision, direction, step, state, host, application, version, started, finished)
      VALUES ('b', 'downgrade', 0, 'done', 'h', 'limbeck', '9', '2000-01-01 00:00:10Z', '2000-01-01 00:00:05Z'),
        ('a', 'upgrade', 0, 'done', 'h', 'limbeck', '9', 'infinity', '-infinity')`)
    const text = await printed('history', '-i', '-v')
    expect(text).toMatch(/^Undone: 2000-01-01 00:00:05\+00:00, by \w+ on h with limbeck 9$/m)
    expect(text).toMatch(/^Applied: by \w+ on h with limbeck 9$/m)
  })

  test('names the step of a revision that stopped on its way', async () => {
    const build = "  op.createIndex('ix', 'one', ['id'], { concurrently: true })"
    project.writeRevision({ id: 'c', down: 'b', upgrade: `${build}\n  op.execute('SELECT 1/0')` })
    await expect(run()).rejects.toThrow()
    const text = await printed('show', 'c', '-v')
    expect(text).toMatch(/^Applied: in part, as far as its step 1, /m)
  })

  test('says that a script has changed, unless only its comments have', async () => {
    await run()
    const path = project.writeRevision({
      id: 'a',
      upgrade: "  // first\n  op.createTable('one',   { id: integer() } as never)",
    })
    expect(path).toContain('a_test.ts')
    expect(await printed('show', 'a', '-v')).toContain('Script: as it was then')
    project.writeRevision({ id: 'a', upgrade: "  op.createTable('uno', { id: integer() })" })
    expect(await printed('show', 'a', '-v')).toContain('Script: changed since')
  })

  test('is left out where the ledger cannot be read', async () => {
    await run()
    await query('ALTER TABLE limbeck_ledger DROP COLUMN host')
    const { status, stdout, stderr } = await limbeck('current', '-v')
    expect([status, stdout]).toEqual([0, expect.not.stringContaining('Applied')])
    expect(stderr).toContain('The ledger cannot be read: column "host" does not exist')
  })
})
