import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('runner')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const failure = (): Promise<LimbeckError> =>
  upgrade({ ...project.input, revision: 'head' }).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const heads = async () => (await current(project.input)).heads

/** A revision for each body, one after the other: `a`, `b`, … */
function writeUpgrades(...bodies: readonly string[]): void {
  for (const [index, body] of bodies.entries()) {
    const id = String.fromCharCode(97 + index)
    const down = index === 0 ? null : String.fromCharCode(96 + index)
    project.writeRevision({ id, down, upgrade: `  ${body}` })
  }
}

const deferredViolation = `op.execute(\`
    CREATE TABLE parent (id integer PRIMARY KEY);
    CREATE TABLE child (parent integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
    INSERT INTO child VALUES (1)\`)`

describe('a commit that the database refuses', () => {
  test('is reported with the revisions that went with it', async () => {
    writeUpgrades(`op.createTable('one', { id: integer() })`, deferredViolation)
    const error = await failure()
    expect(error).toMatchObject({
      code: 'STATEMENT_FAILED',
      facts: { revision: 'b', sqlstate: '23503', statement: 'COMMIT', stayed: [] },
    })
    expect(error.facts.rolledBack).toEqual(['a', 'b'])
    expect(await heads()).toEqual([])
  })

  test('is that of its own revision with a transaction for each', async () => {
    project.configure({ transactionPerMigration: true })
    writeUpgrades(
      `op.createTable('one', { id: integer() })`,
      deferredViolation,
      `op.createTable('three', { id: integer() })`,
    )
    expect((await failure()).facts).toMatchObject({
      revision: 'b',
      statement: 'COMMIT',
      stayed: ['a'],
      rolledBack: ['b'],
    })
    expect(await heads()).toEqual(['a'])
  })
})

describe('a connection that breaks', () => {
  const terminate = 'SELECT pg_terminate_backend(pg_backend_pid())'

  test.each([
    ['in a statement', `op.execute('${terminate}')`],
    [
      'in the code of op.run',
      `op.run(async ({ connection }) => { await connection.query('${terminate}') })`,
    ],
  ])('%s has taken back what was open', async (_, body) => {
    writeUpgrades(`op.createTable('one', { id: integer() })`, body)
    const error = await failure()
    expect(error).toMatchObject({
      code: 'STATEMENT_FAILED',
      hint: expect.stringContaining('The connection broke.'),
      facts: { revision: 'b', stayed: [], rolledBack: ['a', 'b'], uncertain: [] },
    })
    expect(await heads()).toEqual([])
  })

  test('outside of transactions leaves the intent in the ledger', async () => {
    await query(`CREATE TABLE t (id integer);
      CREATE FUNCTION slow(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN $1; END $$;
      INSERT INTO t VALUES (1)`)
    writeUpgrades(`op.execute('CREATE INDEX CONCURRENTLY ix ON t (slow(id))')`)
    expect((await failure()).facts).toMatchObject({ revision: 'a', partly: true })
    expect(await query('SELECT revision, step, state FROM limbeck_ledger')).toEqual([
      { revision: 'a', step: 1, state: 'intent' },
    ])
    expect(await heads()).toEqual([])
  })
})

describe('a revision that had to commit midway', () => {
  const concurrently = `op.createTable('one', { id: integer() })
  op.createIndex('ix_one', 'one', ['id'], { concurrently: true })
  op.createTable('two', { id: integer() })`

  test('is committed with its version row when it is done, whatever comes after', async () => {
    writeUpgrades(concurrently, `op.execute('SELECT 1/0')`)
    expect((await failure()).facts).toMatchObject({ stayed: ['a'], rolledBack: ['b'] })
    expect(await heads()).toEqual(['a'])
  })

  test('says that a part of it stays when it fails later', async () => {
    writeUpgrades(`${concurrently}\n  op.execute('SELECT 1/0')`)
    const error = await failure()
    expect(error.facts).toMatchObject({ stayed: [], rolledBack: ['a'], partly: true })
    expect(error.message).toContain('what came before its last commit stays')
    expect(await heads()).toEqual([])
  })

  test('keeps the line of an earlier attempt, which was refused', async () => {
    writeUpgrades(`op.execute('CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix ON present (id)')`)
    await query('CREATE TABLE present (id integer)')
    await query('INSERT INTO present VALUES (1), (1)')
    await failure()
    await query('DROP INDEX ix; TRUNCATE present')
    await upgrade({ ...project.input, revision: 'head' })
    expect(
      await query('SELECT state FROM limbeck_ledger WHERE step > 0 ORDER BY sequence'),
    ).toEqual([{ state: 'failed' }, { state: 'done' }])
  })
})

describe('a value that is added to an enum', () => {
  const addValue = `op.addEnumValue('mood', 'fine')`
  const useValue = `op.execute("INSERT INTO days VALUES ('fine')")`

  beforeEach(() => query(`CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE days (mood mood)`))

  test.each([
    [[`${addValue}\n  ${useValue}`]],
    [[addValue, useValue]],
    [[addValue, `op.run(async ({ op }) => { ${useValue} })`]],
  ])('is committed before it is used: %s', async bodies => {
    writeUpgrades(...bodies)
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT mood FROM days')).toEqual([{ mood: 'fine' }])
    expect(project.events.filter(event => event.type === 'commitBoundary')).toMatchObject([
      { reason: 'newValue' },
    ])
  })

  test('is committed before it is used in the script of --sql too', async () => {
    writeUpgrades(`${addValue}\n  ${useValue}`)
    project.configure({ offlineGuards: 'sql' })
    const { sql } = await upgrade({ ...project.input, revision: 'head', sql: true })
    await query(sql!)
    expect(await query('SELECT mood FROM days')).toEqual([{ mood: 'fine' }])
  })

  test('shares its transaction with what does not use it', async () => {
    writeUpgrades(addValue, `op.createTable('one', { id: integer() })\n  op.execute('SELECT 1/0')`)
    expect((await failure()).facts).toMatchObject({ stayed: [], rolledBack: ['a', 'b'] })
  })

  const newType = `op.createEnum('new_mood', ['sad'])
  op.addEnumValue('new_mood', 'fine')
  op.execute("CREATE TABLE nights (mood new_mood DEFAULT 'fine')")`

  test('is committed before it is used also where its type is new: older servers ask for it', async () => {
    writeUpgrades(newType)
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT FROM nights')).toEqual([])
  })

  test('shares its transaction with its own type where the server is newer', async () => {
    const newer = await (await postgresServer(18)).createDatabase('runner')
    writeUpgrades(`${newType}\n  op.execute('SELECT 1/0')`)
    const work = upgrade({ ...project.input, url: newer.url, revision: 'head' })
    const error = await work.catch(thrown => thrown)
    await newer.drop()
    expect(error.message).toContain('division by zero')
    expect(error.facts).toMatchObject({ stayed: [], rolledBack: ['a'], partly: false })
  })

  test('that was committed midway is noted in the ledger', async () => {
    writeUpgrades(`${addValue}\n  ${useValue}\n  op.execute('SELECT 1/0')`)
    expect((await failure()).facts).toMatchObject({ rolledBack: ['a'], partly: true })
    expect(await query('SELECT revision, step, state FROM limbeck_ledger')).toEqual([
      { revision: 'a', step: 1, state: 'done' },
    ])
  })
})

describe('the code of op.run', () => {
  test.each(['COMMIT', 'ROLLBACK', 'COMMIT; BEGIN'])('may not say %s', async words => {
    writeUpgrades(
      `op.createTable('one', { id: integer() })
  op.run(async ({ connection }) => { await connection.query('${words}') })`,
    )
    const error = await failure()
    expect(error).toMatchObject({ code: 'RUN_FAILED', facts: { revision: 'a' } })
    expect(error.message).toContain('ended the transaction')
    expect(await heads()).toEqual([])
  })

  test('is to blame for a refusal that it swallows', async () => {
    writeUpgrades(
      `op.run(async ({ connection }) => { await connection.query('SELECT 1/0').catch(() => {}) })`,
    )
    const error = await failure()
    expect(error).toMatchObject({ code: 'RUN_FAILED', facts: { revision: 'a' } })
    expect(error.message).toContain('caught the error and went on')
  })
})

describe("limbeck's own tables", () => {
  test('stay where they are when a schema comes that is searched before them', async () => {
    writeUpgrades(`op.createSchema('postgres')`)
    await upgrade({ ...project.input, revision: 'head' })
    project.writeRevision({
      id: 'b',
      down: 'a',
      upgrade: `  op.createTable('one', { id: integer() })`,
    })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await heads()).toEqual(['b'])
    expect(
      await query(
        `SELECT schemaname::text FROM pg_tables WHERE tablename IN ('alembic_version', 'limbeck_ledger')`,
      ),
    ).toEqual([{ schemaname: 'public' }, { schemaname: 'public' }])
  })

  test('that cannot be made are an error with the next step', async () => {
    project.configure({ versionTableSchema: 'nowhere' })
    writeUpgrades(`op.createTable('one', { id: integer() })`)
    const error = await failure()
    expect(error.code).toBe('VERSION_TABLE_UNUSABLE')
    expect(error.message).toContain('schema "nowhere" does not exist')
    expect(error.hint).toContain('CREATE SCHEMA')
  })

  test('that refuse a row say of which revision', async () => {
    writeUpgrades(`op.execute('ALTER TABLE alembic_version ADD CHECK (version_num <> \\'a\\')')`)
    const error = await failure()
    expect(error).toMatchObject({
      code: 'STATEMENT_FAILED',
      facts: { revision: 'a', sqlstate: '23514', rolledBack: ['a'] },
    })
  })
})
