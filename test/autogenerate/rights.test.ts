import { afterEach, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { eachServer } from '../support/each-server.ts'
import { pgDumpWithRights } from '../support/pg-dump.ts'
import { postgresServer, queryOnce, type TestServer } from '../support/servers.ts'
import { ProposalTrip } from './proposal-trip.ts'

const objects = `
  CREATE SCHEMA auth;
  CREATE TYPE mood AS ENUM ('sad', 'glad');
  CREATE DOMAIN auth.email AS text;
  CREATE SEQUENCE numbers;
  CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n * 2';
  CREATE PROCEDURE nothing() LANGUAGE sql AS '';
  CREATE TABLE users (id serial PRIMARY KEY, name text, email auth.email, score integer);
  CREATE TABLE auth.tokens (id integer GENERATED ALWAYS AS IDENTITY, token text);
  CREATE VIEW names AS SELECT name FROM users;
  CREATE MATERIALIZED VIEW kept AS SELECT name FROM users;`

const before = `${objects}
  CREATE TABLE gone (id serial, name text);
  ALTER TABLE gone OWNER TO pg_monitor;
  GRANT SELECT, INSERT ON gone TO pg_signal_backend WITH GRANT OPTION;
  GRANT SELECT (name) ON gone TO PUBLIC;
  GRANT USAGE ON SEQUENCE gone_id_seq TO pg_signal_backend;
  ALTER TABLE users OWNER TO pg_monitor;
  GRANT SELECT ON users TO pg_signal_backend, pg_read_all_stats;
  GRANT SELECT (name), UPDATE (name) ON users TO pg_read_all_stats;
  GRANT ALL ON users TO pg_read_all_settings;
  GRANT USAGE ON SEQUENCE users_id_seq TO pg_signal_backend;
  REVOKE EXECUTE ON FUNCTION twice FROM PUBLIC;
  GRANT USAGE ON SCHEMA auth TO pg_signal_backend;
  GRANT SELECT ON names TO PUBLIC;
  REVOKE USAGE ON TYPE mood FROM PUBLIC;
  REVOKE INSERT ON auth.tokens FROM CURRENT_USER;
  ALTER VIEW names OWNER TO pg_read_all_stats;
  ALTER FUNCTION twice OWNER TO pg_monitor;`

const after = `${objects}
  ALTER TABLE users DROP COLUMN score;
  CREATE TABLE new (id serial, name text);
  ALTER TABLE new OWNER TO pg_monitor;
  GRANT SELECT (id, name) ON new TO pg_signal_backend;
  GRANT SELECT, USAGE ON SEQUENCE new_id_seq TO pg_signal_backend;
  ALTER TABLE users OWNER TO pg_read_all_settings;
  GRANT SELECT, INSERT ON users TO pg_signal_backend;
  GRANT SELECT (name), UPDATE (name) ON users TO pg_read_all_stats;
  GRANT SELECT ON SEQUENCE users_id_seq TO pg_signal_backend;
  GRANT ALL ON SEQUENCE numbers TO pg_monitor;
  GRANT EXECUTE ON FUNCTION twice TO pg_monitor;
  REVOKE ALL ON PROCEDURE nothing FROM PUBLIC;
  ALTER SCHEMA auth OWNER TO pg_monitor;
  GRANT USAGE, CREATE ON SCHEMA auth TO pg_signal_backend WITH GRANT OPTION;
  GRANT CREATE ON SCHEMA public TO pg_signal_backend;
  GRANT SELECT ON names TO pg_signal_backend;
  GRANT USAGE ON TYPE mood TO pg_signal_backend;
  ALTER DOMAIN auth.email OWNER TO pg_monitor;
  GRANT SELECT ON auth.tokens TO PUBLIC;
  ALTER MATERIALIZED VIEW kept OWNER TO pg_monitor;
  ALTER TYPE mood OWNER TO pg_monitor;`

let trip: ProposalTrip | undefined

afterEach(() => trip?.end())

eachServer(
  'owners and grants, asked for',
  server => {
    test('are brought to the target and back, as pg_dump sees them', async () => {
      trip = await start(await server.server(), ['owners', 'grants'])
      const started = await rightsOf(trip.database.url)
      const { proof } = await trip.propose()
      expect(proof).toEqual([
        'upgrade reaches the models',
        expect.stringContaining('downgrade restores'),
      ])
      await trip.upgrade()
      expect(await rightsOf(trip.database.url)).toEqual(await built(server, after))
      expect(await trip.pending()).toEqual([])
      await trip.downgrade()
      expect(await rightsOf(trip.database.url)).toEqual(started)
    })
  },
  { pgDump: true },
)

function start(server: TestServer, manageRights: readonly string[]) {
  return ProposalTrip.start(server, { before, after, config: { manageRights } })
}

async function built(server: Pick<TestServer, 'createDatabase'>, sql: string): Promise<string[]> {
  const database = await server.createDatabase('direct')
  try {
    await queryOnce(database.url, sql)
    return await rightsOf(database.url)
  } finally {
    await database.drop()
  }
}

/** What a dump says of owners and privileges. */
async function rightsOf(url: string): Promise<string[]> {
  const dump = await pgDumpWithRights(url)
  return dump
    .split('\n')
    .filter(line => /^(GRANT|REVOKE|ALTER .* OWNER TO)/.test(line))
    .filter(line => !/alembic_version|limbeck_ledger/.test(line))
    .sort()
}

test('are neither compared nor read unless asked for', async () => {
  trip = await start(await postgresServer(), [])
  expect((await trip.pending()).join()).not.toMatch(/granted|revoked|owner/)
})

test('one of the two is compared without the other', async () => {
  trip = await start(await postgresServer(), ['owners'])
  await trip.query('ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO pg_monitor')
  const found = await check(trip.project.input)
  expect(found.notModelled).toEqual([expect.stringMatching(/^default privileges \w+$/)])
  const pending = found.pending.map(({ description }) => description).join()
  expect(pending).not.toMatch(/granted|revoked/)
  expect(pending).toContain('schema auth: owner pg_monitor')
})

test('belong in scratch to whoever is connected there, in place of who is connected here', async () => {
  const server = await postgresServer()
  await queryOnce(server.url, "CREATE ROLE limbeck_test_scratch SUPERUSER LOGIN PASSWORD 'it'")
  const scratch = await server.createDatabase('scratch')
  const scratchUrl = new URL(scratch.url)
  scratchUrl.username = 'limbeck_test_scratch'
  scratchUrl.password = 'it'
  try {
    const me = decodeURIComponent(new URL(server.url).username)
    const tables = 'CREATE TABLE a (id serial); CREATE TABLE b (id integer);'
    trip = await ProposalTrip.start(server, {
      before: `${tables} GRANT SELECT ON a TO pg_monitor`,
      after: `${tables} ALTER TABLE a OWNER TO pg_monitor; ALTER TABLE b OWNER TO ${me}`,
      config: { manageRights: ['owners', 'grants'], scratch: { url: scratchUrl.href } },
    })
    expect(Object.values(trip.texts(await trip.propose()))).toEqual([
      [
        "op.revoke('select', { on: { table: 'a' }, from: 'pg_monitor' })",
        "op.alterOwner('table', 'a', { to: 'pg_monitor', existing: 'current_user' })",
      ].join(' '),
    ])
    await trip.upgrade()
    expect(await trip.pending()).toEqual([])
  } finally {
    await scratch.drop()
    await queryOnce(server.url, 'DROP ROLE limbeck_test_scratch')
  }
})

test('of what is taken down and put back are given again, and back', async () => {
  trip = await ProposalTrip.start(await postgresServer(), {
    before: `CREATE TYPE mood AS ENUM ('a', 'b'); GRANT USAGE ON TYPE mood TO pg_monitor;
      ALTER TYPE mood OWNER TO pg_monitor;
      CREATE TABLE t (id integer, m mood); CREATE VIEW v AS SELECT id FROM t;
      GRANT SELECT ON v TO pg_monitor; GRANT SELECT (id) ON t TO pg_monitor`,
    after: `CREATE TYPE mood AS ENUM ('b'); GRANT USAGE ON TYPE mood TO pg_monitor;
      ALTER TYPE mood OWNER TO pg_monitor;
      CREATE TABLE t (id bigint, m mood); CREATE VIEW v AS SELECT id FROM t;
      GRANT SELECT ON v TO pg_monitor; GRANT SELECT (id, m) ON t TO pg_monitor`,
    config: { manageRights: ['owners', 'grants'] },
  })
  const started = await rightsOf(trip.database.url)
  await trip.propose()
  await trip.upgrade()
  expect(await trip.pending()).toEqual([])
  await trip.downgrade()
  expect(await rightsOf(trip.database.url)).toEqual(started)
})

test('stay as they are where the target cannot say them, which a note tells', async () => {
  trip = await ProposalTrip.start(await postgresServer(), {
    before: 'CREATE TABLE t (id integer); GRANT SELECT ON t TO pg_monitor',
    after: '',
    config: { manageRights: ['owners', 'grants'] },
  })
  const model = (columns: string) =>
    `import { integer, table, text } from 'limbeck'\nexport const target = table('t', { ${columns} })\n`
  trip.project.write('migrations/env.ts', model('id: integer(), a: text()'))
  const result = await trip.propose()
  expect(Object.values(trip.texts(result))).toEqual(["op.addColumn('t', { a: text() })"])
  expect(result.notes).toContain(
    'The target says nothing of owners and grants: they stay as they are.',
  )
})

test('may be said in a file beside models, which says nothing else', async () => {
  trip = await ProposalTrip.start(await postgresServer(), {
    before: 'CREATE TABLE t (id integer); CREATE SEQUENCE stray; GRANT SELECT ON t TO pg_monitor',
    after: 'GRANT SELECT ON t TO pg_read_all_stats',
    config: { manageRights: ['grants'] },
  })
  trip.project.configure({ manage: [], manageRights: ['grants'] })
  trip.project.write(
    'migrations/env.ts',
    `import { integer, sqlFiles, table } from 'limbeck'
export const target = [table('t', { id: integer() }), sqlFiles('after.sql')]
`,
  )
  expect(await trip.pending()).toEqual([
    '~ table t: select revoked from pg_monitor',
    '~ table t: select granted to pg_read_all_stats',
  ])
})
