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
  database = await (await postgresServer()).createDatabase('move')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

async function tables(): Promise<string[]> {
  const rows = await query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  )
  return rows.map(row => row.tablename)
}

const failure = (work: Promise<unknown>): Promise<LimbeckError> =>
  work.then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

/** Two revisions: `a` creates one, `b` creates two. */
function writeTwo(secondUpgrade = `  op.createTable('two', { id: integer() })`): void {
  project.writeRevision({
    id: 'a',
    upgrade: `  op.createTable('one', { id: integer().primaryKey() })`,
    downgrade: `  op.dropTable('one')`,
  })
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade: secondUpgrade,
    downgrade: `  op.dropTable('two')`,
  })
}

describe('upgrade', () => {
  test('runs what is pending, in order, and says where the database is', async () => {
    writeTwo()
    const result = await upgrade({ ...project.input, revision: 'head' })
    expect(result.steps.map(step => step.revision)).toEqual(['a', 'b'])
    expect(result.headsAfter).toEqual(['b'])
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'one', 'two'])
    expect(await query('SELECT * FROM alembic_version')).toEqual([{ version_num: 'b' }])
    expect(project.events.filter(event => event.type === 'step')).toMatchObject([
      { direction: 'upgrade', from: [], to: ['a'], message: 'does a' },
      { direction: 'upgrade', from: ['a'], to: ['b'], message: 'does b' },
    ])
  })

  test('has nothing to do the second time', async () => {
    writeTwo()
    await upgrade({ ...project.input, revision: 'head' })
    expect((await upgrade({ ...project.input, revision: 'head' })).steps).toEqual([])
  })

  test('keeps the version table in the shape that Alembic gives it', async () => {
    writeTwo()
    await upgrade({ ...project.input, revision: 'head' })
    expect(
      await query(
        `SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
         WHERE conrelid = 'alembic_version'::regclass AND contype = 'p'`,
      ),
    ).toEqual([{ conname: 'alembic_version_pkc', definition: 'PRIMARY KEY (version_num)' }])
    expect(
      await query(
        `SELECT attname::text, format_type(atttypid, atttypmod) AS type, attnotnull FROM pg_attribute
         WHERE attrelid = 'alembic_version'::regclass AND attnum > 0`,
      ),
    ).toEqual([{ attname: 'version_num', type: 'character varying(32)', attnotnull: true }])
  })

  test('notes who did what in the ledger', async () => {
    writeTwo()
    await upgrade({ ...project.input, revision: 'head' })
    await downgrade({ ...project.input, revision: '-1' })
    const rows = await query<Record<string, unknown>>(
      'SELECT * FROM limbeck_ledger ORDER BY sequence',
    )
    expect(rows).toMatchObject([
      { revision: 'a', direction: 'upgrade', step: 0, state: 'done' },
      { revision: 'b', direction: 'upgrade', step: 0, state: 'done' },
      { revision: 'b', direction: 'downgrade', step: 0, state: 'done' },
    ])
    for (const row of rows) {
      expect(row.script_checksum).toMatch(/^v1:[0-9a-f]{64}$/)
      expect(row.operations_hash).toMatch(/^[0-9a-f]{64}$/)
      expect(Number(row.finished)).toBeGreaterThanOrEqual(Number(row.started))
    }
    expect(rows[0]!.script_checksum).not.toBe(rows[1]!.script_checksum)
  })

  test('undoes the whole run when a statement is refused, and says which', async () => {
    writeTwo(`  op.createTable('two', { id: integer() })\n  op.dropTable('nowhere')`)
    const error = await failure(upgrade({ ...project.input, revision: 'head' }))
    expect(error.code).toBe('STATEMENT_FAILED')
    expect(error.message).toContain('Upgrade of b failed at')
    expect(error.message).toContain('table "nowhere" does not exist')
    expect(error.facts).toMatchObject({
      revision: 'b',
      sqlstate: '42P01',
      statement: 'DROP TABLE nowhere',
      line: 15,
      column: 6,
      stayed: [],
      rolledBack: ['a', 'b'],
    })
    expect(error.facts.file).toBe(`${project.folder}/migrations/versions/b_test.ts`)
    expect(await tables()).toEqual([])
  })

  test('keeps the revisions before the refused one with a transaction for each', async () => {
    project.write(
      'limbeck.config.ts',
      `export default ${JSON.stringify({ url: database.url, transactionPerMigration: true })}`,
    )
    writeTwo(`  op.execute('SELECT 1/0')`)
    const error = await failure(upgrade({ ...project.input, revision: 'head' }))
    expect(error.facts).toMatchObject({ stayed: ['a'], rolledBack: ['b'] })
    expect((await current(project.input)).heads).toEqual(['a'])
  })

  test('commits before a statement that no transaction may hold, and says so', async () => {
    writeTwo(`  op.createIndex('ix_one', 'one', ['id'], { concurrently: true })`)
    await upgrade({ ...project.input, revision: 'head' })
    expect(project.events.filter(event => event.type === 'commitBoundary')).toHaveLength(1)
    expect(await query(`SELECT revision, step, state FROM limbeck_ledger WHERE step > 0`)).toEqual([
      { revision: 'b', step: 1, state: 'done' },
    ])
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test('runs the code of op.run in its place, on the same transaction', async () => {
    writeTwo(
      `  op.createTable('two', { id: integer() })
  op.run(async ({ connection, op }) => {
    op.execute('INSERT INTO two VALUES (1)')
    await op.flush()
    const { rows } = await connection.query<{ n: number }>('SELECT count(*)::int AS n FROM two')
    await connection.query('INSERT INTO two VALUES ($1)', [rows[0]!.n + 10])
    op.execute('INSERT INTO two VALUES (3)')
  })
  op.execute('INSERT INTO two VALUES (4)')`,
    )
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT id FROM two')).toEqual([{ id: 1 }, { id: 11 }, { id: 3 }, { id: 4 }])
  })

  test('leaves the database alone when a later script cannot be loaded', async () => {
    writeTwo(`  throw new Error('not today')`)
    const error = await failure(upgrade({ ...project.input, revision: 'head' }))
    expect(error.message).toContain('not today')
    expect(await tables()).toEqual([])
  })

  test('with sql gives a script that does the same in the database’s own hands', async () => {
    writeTwo()
    project.configure({ offlineGuards: 'sql' })
    const { sql } = await upgrade({
      ...project.input,
      url: 'postgresql://nowhere.invalid/x',
      revision: 'head',
      sql: true,
    })
    await query(sql!)
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'one', 'two'])
    expect((await current(project.input)).heads).toEqual(['b'])
    await query((await downgrade({ ...project.input, revision: 'head:base', sql: true })).sql!)
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger'])
  })
})

test('upgrade with sql refuses a range that goes down, and takes an empty one', async () => {
  writeTwo()
  for (const revision of ['b:a', 'b:base', 'head:a'])
    await expect(upgrade({ ...project.input, revision, sql: true })).rejects.toMatchObject({
      code: 'REVISION_RANGE_INVALID',
    })
  const { sql } = await upgrade({ ...project.input, revision: 'b:head', sql: true })
  expect(sql).toBe('BEGIN;\n\nCOMMIT;\n\n')
})

describe('downgrade', () => {
  test('undoes down to a revision, which stays', async () => {
    writeTwo()
    await upgrade({ ...project.input, revision: 'head' })
    await downgrade({ ...project.input, revision: 'a' })
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'one'])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger'])
    expect(await query('SELECT * FROM alembic_version')).toEqual([])
  })

  test('with sql needs to be told where it starts', async () => {
    writeTwo()
    for (const revision of ['base', 'head']) {
      const error = await failure(downgrade({ ...project.input, revision, sql: true }))
      expect(error).toMatchObject({
        code: 'RANGE_REQUIRED',
        hint: 'Write from:to, such as head:base.',
      })
    }
  })
})

describe('stamp', () => {
  test('writes version rows and runs nothing', async () => {
    writeTwo()
    await stamp({ ...project.input, revisions: ['head'] })
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger'])
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test('purges rows that no file knows', async () => {
    writeTwo()
    await stamp({ ...project.input, revisions: ['head'] })
    await query(`UPDATE alembic_version SET version_num = 'gone'`)
    expect((await failure(stamp({ ...project.input, revisions: ['a'] }))).message).toContain('gone')
    await stamp({ ...project.input, revisions: ['a'], purge: true })
    expect((await current(project.input)).heads).toEqual(['a'])
  })
})

test('current creates no table', async () => {
  writeTwo()
  expect(await current(project.input)).toMatchObject({ heads: [], revisions: [] })
  expect(await tables()).toEqual([])
})

test('an empty row of a version table is one that no file knows', async () => {
  writeTwo()
  await query('CREATE TABLE alembic_version (version_num varchar(32))')
  await query('INSERT INTO alembic_version VALUES (NULL)')
  const { input } = project
  for (const work of [() => current(input), () => upgrade({ ...input, revision: 'head' })]) {
    expect(await failure(work())).toMatchObject({ code: 'DATABASE_REVISION_UNKNOWN' })
  }
})

test('a version row that is gone by the end of a step is an error, and the step is taken back', async () => {
  project.writeRevision({ id: 'a' })
  await upgrade({ ...project.input, revision: 'a' })
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade: "  op.execute('DELETE FROM alembic_version')",
  })
  expect(await failure(upgrade({ ...project.input, revision: 'head' }))).toMatchObject({
    code: 'VERSION_ROW_MISSING',
    facts: { revisions: ['a', 'b'], rowCount: 0 },
  })
  expect(await query('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'a' }])
})
