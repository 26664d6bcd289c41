import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
let roles: readonly string[] = []

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('versions')
  project = createProject(database.url)
  project.writeRevision({
    id: 'a',
    upgrade: "  op.createTable('one', { id: integer() })",
    downgrade: "  op.dropTable('one')",
  })
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade:
      "  op.createTable('two', { id: integer() })\n  op.createIndex('ix', 'two', ['id'], { concurrently: true })",
    downgrade: "  op.dropTable('two')",
  })
})
afterEach(async () => {
  project.remove()
  await database.drop()
  for (const role of roles) await queryOnce((await postgresServer()).url, `DROP ROLE ${role}`)
  roles = []
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

/** What the database says it holds of relations. */
const relations = async (): Promise<readonly string[]> =>
  (
    await query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname`,
    )
  ).map(({ name }) => name)

async function failureOf(run: Promise<unknown>): Promise<LimbeckError> {
  const error = await run.then(
    () => expect.unreachable('it should fail'),
    thrown => thrown,
  )
  expect(error).toBeInstanceOf(LimbeckError)
  return error
}

/** The error of an upgrade that has changed nothing. */
async function refusal(): Promise<LimbeckError> {
  const before = await relations()
  const error = await failureOf(upgrade({ ...project.input, revision: 'head' }))
  expect(await relations()).toEqual(before)
  expect(error.hint).not.toBeUndefined()
  return error
}

const there = (column: string, row = "'a'") =>
  query(`CREATE TABLE one (id integer); CREATE TABLE alembic_version (${column});
    INSERT INTO alembic_version (version_num) VALUES (${row})`)

describe('a version table that is kept as it is', () => {
  test.each([
    ['of text', 'version_num text PRIMARY KEY'],
    ['of char(32), which fills up with blanks', 'version_num char(32) PRIMARY KEY'],
    ['without a primary key', 'version_num varchar(32)'],
    [
      'with a second column that needs no value',
      'version_num varchar(32) PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), note text',
    ],
  ])('%s', async (_, columns) => {
    await there(columns)
    expect((await current(project.input)).heads).toEqual(['a'])
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT trim(version_num::text) AS id FROM alembic_version')).toEqual([
      { id: 'b' },
    ])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await query('SELECT * FROM alembic_version')).toEqual([])
  })

  test('that is partitioned', async () => {
    await query(`CREATE TABLE one (id integer);
      CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY) PARTITION BY HASH (version_num);
      CREATE TABLE versions_0 PARTITION OF alembic_version FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE versions_1 PARTITION OF alembic_version FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      INSERT INTO alembic_version VALUES ('a')`)
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT version_num AS id FROM alembic_version')).toEqual([{ id: 'b' }])
  })

  test('with a trigger that writes elsewhere', async () => {
    await there('version_num varchar(32) PRIMARY KEY')
    await query(`CREATE TABLE audit (id text);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN INSERT INTO audit VALUES (NEW.version_num); RETURN NEW; END$$;
      CREATE TRIGGER noting BEFORE INSERT OR UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION note()`)
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT id FROM audit')).toEqual([{ id: 'b' }])
  })
})

describe('a version table that no rows can be kept in is refused', () => {
  test.each([
    ['without version_num', 'id text, at date', 'has no column version_num, but id and at'],
    ['of integers', 'version_num integer', 'keeps ids as integer, and they are texts'],
    ['of uuids', 'version_num uuid', 'keeps ids as uuid, and they are texts'],
    [
      'with a second column that wants a value',
      'version_num varchar(32) PRIMARY KEY, tenant text NOT NULL',
      'wants a value for tenant, which limbeck does not write',
    ],
  ])('%s', async (_, columns, problem) => {
    await query(`CREATE TABLE alembic_version (${columns})`)
    expect(await refusal()).toMatchObject({
      code: 'VERSION_TABLE_INVALID',
      message: `The version table alembic_version ${problem}. Nothing was done.`,
    })
  })

  test('current tells of a table of another kind too', async () => {
    await query('CREATE TABLE alembic_version (id text, at date)')
    expect((await failureOf(current(project.input))).code).toBe('VERSION_TABLE_INVALID')
  })

  test.each([
    ['view', `CREATE VIEW alembic_version AS SELECT version_num FROM versions`],
    [
      'materialized view',
      `CREATE MATERIALIZED VIEW alembic_version AS SELECT version_num FROM versions`,
    ],
  ])('where it is a %s', async (kind, create) => {
    await query(`CREATE TABLE versions (version_num varchar(32)); ${create}`)
    expect((await refusal()).message).toContain(`alembic_version is a ${kind}.`)
  })

  test('with a row twice, until stamp --purge writes it anew', async () => {
    await there('version_num varchar(32)', "'a'), ('a'")
    const error = await refusal()
    expect(error.code).toBe('VERSION_TABLE_INVALID')
    expect(error.message).toContain("holds 'a' more than once")
    await stamp({ ...project.input, revisions: ['a'], purge: true })
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test('with an empty row', async () => {
    await there('version_num varchar(32)', 'NULL')
    expect((await refusal()).code).toBe('DATABASE_REVISION_UNKNOWN')
  })

  test('where a trigger changes what is written, with the step that wrote it', async () => {
    await there('version_num varchar(32) PRIMARY KEY')
    await query(`CREATE FUNCTION upper() RETURNS trigger LANGUAGE plpgsql AS
        $$BEGIN NEW.version_num := upper(NEW.version_num); RETURN NEW; END$$;
      CREATE TRIGGER capitals BEFORE INSERT OR UPDATE ON alembic_version FOR EACH ROW EXECUTE FUNCTION upper()`)
    project.writeRevision({
      id: 'b',
      down: 'a',
      upgrade: "  op.createTable('two', { id: integer() })",
    })
    const error = await refusal()
    expect(error.message).toContain("does not hold 'b' after that was written: capitals")
    expect(await query('SELECT version_num AS id FROM alembic_version')).toEqual([{ id: 'a' }])
  })

  test('where a rule throws away what is written', async () => {
    await there('version_num varchar(32) PRIMARY KEY')
    await query('CREATE RULE nothing AS ON UPDATE TO alembic_version DO INSTEAD NOTHING')
    project.writeRevision({
      id: 'b',
      down: 'a',
      upgrade: "  op.createTable('two', { id: integer() })",
    })
    expect((await refusal()).code).toBe('VERSION_ROW_MISSING')
  })

  test('where it stands in several schemas of the search_path, until the config names one', async () => {
    await there('version_num varchar(32) PRIMARY KEY')
    await query(`CREATE SCHEMA tenant; CREATE TABLE tenant.alembic_version (version_num varchar(32));
      ALTER DATABASE ${database.name} SET search_path = tenant, public`)
    expect((await refusal()).message).toContain(
      'stands in several schemas of the search_path: tenant and public',
    )
    project.configure({ versionTableSchema: 'public' })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await query('SELECT version_num AS id FROM public.alembic_version')).toEqual([
      { id: 'b' },
    ])
  })

  test('where row security may hide rows: current does not take that for base either', async () => {
    await there('version_num varchar(32) PRIMARY KEY')
    const role = `limbeck_test_rls_${process.pid}`
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'pass'; GRANT ALL ON SCHEMA public TO ${role};
      GRANT ALL ON alembic_version TO ${role}; ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY`)
    roles = [role]
    const url = Object.assign(new URL(database.url), { username: role, password: 'pass' }).href
    project.configure({ url })
    expect((await refusal()).message).toContain('has row security')
    expect((await failureOf(current(project.input))).message).toContain('has row security')
  })
})

describe('a ledger', () => {
  beforeEach(async () => {
    await upgrade({ ...project.input, revision: 'a' })
  })

  test.each([
    [
      'that lacks columns',
      'ALTER TABLE limbeck_ledger DROP COLUMN host, DROP COLUMN version',
      'has no column host and version, but',
    ],
    [
      'with a column that wants a value, as of a newer version',
      "ALTER TABLE limbeck_ledger ADD COLUMN region text NOT NULL DEFAULT 'x'; ALTER TABLE limbeck_ledger ALTER COLUMN region DROP DEFAULT",
      'wants a value for region',
    ],
    [
      'without a sequence of its own',
      'ALTER TABLE limbeck_ledger ALTER COLUMN sequence DROP IDENTITY',
      'wants a value for sequence',
    ],
    [
      'that is a view',
      'ALTER TABLE limbeck_ledger RENAME TO kept; CREATE VIEW limbeck_ledger AS TABLE kept',
      'is a view',
    ],
  ])('%s is refused', async (_, change, problem) => {
    await query(change)
    const error = await refusal()
    expect(error).toMatchObject({ code: 'LEDGER_INVALID' })
    expect(error.message).toContain(`The ledger limbeck_ledger ${problem}`)
  })

  test('with more columns that need no value is written to', async () => {
    await query('ALTER TABLE limbeck_ledger ADD COLUMN ticket text')
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test('of the first versions is given the column that it lacks', async () => {
    await query('ALTER TABLE limbeck_ledger DROP COLUMN progress')
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test.each([
    ['another state', "state = 'half'", "its state is 'half'"],
    ['another direction', "direction = 'sideways'", "its direction is 'sideways'"],
    ['a step before the first', 'step = -1', 'its step is -1'],
    ['progress that is no JSON', "progress = '{'", 'its progress cannot be read'],
    ['progress of another kind', "progress = '[1]'", 'its progress cannot be read'],
    [
      'a place that is none',
      `progress = '{"items":0,"hash":"","place":{"rows":"many"}}'`,
      'its progress cannot be read',
    ],
  ])('with %s in a line that a run would go by is refused', async (_, change, problem) => {
    await query(`INSERT INTO limbeck_ledger (revision, direction, step, state, host, application, version, started)
      VALUES ('b', 'upgrade', 1, 'done', 'h', 'limbeck', '1', now());
      UPDATE limbeck_ledger SET ${change} WHERE revision = 'b'`)
    const error = await refusal()
    expect(error.code).toBe('LEDGER_LINE_INVALID')
    expect(error.message).toContain(problem)
    const { sequence } = error.facts
    await query(`DELETE FROM limbeck_ledger WHERE sequence = ${sequence}`)
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test.each([
    ['a step that the script does not have', 'step = 40'],
    ['the hash of another statement', "statement_hash = 'x', operations_hash = 'y'"],
  ])('with %s begins the revision again, and says so', async (_, change) => {
    await query(`INSERT INTO limbeck_ledger (revision, direction, step, state, host, application, version, started)
      VALUES ('b', 'upgrade', 1, 'done', 'h', 'limbeck', '1', now());
      UPDATE limbeck_ledger SET ${change} WHERE revision = 'b'`)
    await upgrade({ ...project.input, revision: 'head' })
    expect(project.events).toContainEqual(
      expect.objectContaining({
        type: 'warning',
        message: expect.stringContaining('begins again'),
      }),
    )
    expect(await relations()).toContain('two')
  })

  test('whose sequence has fallen back, as behind a copy of its rows, goes on behind its last line', async () => {
    await query('ALTER SEQUENCE limbeck_ledger_sequence_seq RESTART')
    await upgrade({ ...project.input, revision: 'head' })
    const lines = await query<{ sequence: number; revision: string }>(
      'SELECT sequence::integer, revision FROM limbeck_ledger ORDER BY sequence',
    )
    expect(lines[0]).toEqual({ sequence: 1, revision: 'a' })
    expect(lines[1]).toEqual({ sequence: 2, revision: 'b' })
  })

  test('is written to by a role that has no right to its sequence', async () => {
    const role = `limbeck_test_writer_${process.pid}`
    await query(`CREATE ROLE ${role} LOGIN PASSWORD 'pass'; GRANT ALL ON SCHEMA public TO ${role};
      GRANT ALL ON alembic_version, limbeck_ledger TO ${role}`)
    roles = [role]
    const url = Object.assign(new URL(database.url), { username: role, password: 'pass' }).href
    project.configure({ url })
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['b'])
  })

  test('goes by its sequence where the clock was set back', async () => {
    await query(`UPDATE limbeck_ledger SET started = '2099-01-01', finished = '2099-01-01'`)
    await upgrade({ ...project.input, revision: 'head' })
    await downgrade({ ...project.input, revision: 'a' })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await relations()).toContain('two')
  })
})
