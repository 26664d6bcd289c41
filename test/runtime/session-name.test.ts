import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import { holderFacts } from '../../src/runtime/lock/lock-holder.ts'
import { nameAt } from '../../src/runtime/session-name.ts'
import { missingPgbouncer, startPgbouncer } from '../support/pgbouncer.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('session_name')
  project = createProject(database.url)
  await queryOnce(
    database.url,
    `CREATE TABLE seen (place text, name text);
    CREATE PROCEDURE note() LANGUAGE plpgsql AS $$ BEGIN COMMIT; PERFORM pg_stat_clear_snapshot(); ${noting('outside')}; END $$`,
  )
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** What others see of the session while the statement runs; a transaction sees what it saw first, otherwise. */
const look = (place: string) => `SELECT pg_stat_clear_snapshot(); ${noting(place)}`

const noting = (place: string) =>
  `INSERT INTO seen SELECT '${place}', application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()`

/** Steps that fly together, code in their midst, statements outside of transactions, a backfill. */
function writeHistory(): void {
  const bodies = {
    a: `op.execute(\`${look('flight')}\`)`,
    b: `op.execute(\`${look('same flight')}\`)`,
    c: `op.run(async ({ connection }) => { await connection.query(\`${look('code')}\`) })`,
    d: `op.execute(\`${look('before a commit')}\`)
      op.autocommit(() => op.execute('CALL note()'))
      op.execute(\`${look('after a commit')}\`)`,
    e: `op.execute(\`${look('last')}\`)`,
  }
  let down: string | null = null
  for (const [id, upgrade] of Object.entries(bodies)) {
    project.writeRevision({ id, down, upgrade })
    down = id
  }
}

const seen = async () => {
  const rows = await queryOnce<{ place: string; name: string }>(database.url, 'TABLE seen')
  return Object.fromEntries(rows.map(({ place, name }) => [place, name]))
}

const inTransactions = (prefix = '') => ({
  flight: `${prefix}limbeck:a`,
  'same flight': `${prefix}limbeck:b`,
  code: `${prefix}limbeck:c`,
  'before a commit': `${prefix}limbeck:d`,
  'after a commit': `${prefix}limbeck:d`,
  last: `${prefix}limbeck:e`,
})

describe('the session of a run is called after its revision', () => {
  test('wherever the revision runs, and is limbeck again afterwards', async () => {
    writeHistory()
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
        const connection = await context.connect()
        await context.runMigrations()
        await connection.query(\`${look('afterwards')}\`)
      }`,
    )
    await upgrade({ ...project.input, revision: 'head' })
    expect(await seen()).toEqual({
      ...inTransactions(),
      outside: 'limbeck:d',
      afterwards: 'limbeck',
    })
  })

  test('with a transaction for each revision, too', async () => {
    project.configure({ transactionPerMigration: true })
    writeHistory()
    await upgrade({ ...project.input, revision: 'head' })
    expect(await seen()).toEqual({ ...inTransactions(), outside: 'limbeck:d' })
  })

  test('behind the name that the URL gives it', async () => {
    writeHistory()
    const url = `${database.url}?application_name=billing`
    await upgrade({ ...project.input, url, revision: 'head' })
    expect(await seen()).toEqual({ ...inTransactions('billing '), outside: 'billing limbeck:d' })
  })

  test.skipIf(missingPgbouncer())(
    'behind a pooler only inside transactions, so that nobody else gets the name',
    async () => {
      const pgbouncer = await startPgbouncer((await postgresServer()).url, { default_pool_size: 4 })
      try {
        writeHistory()
        await upgrade({ ...project.input, url: pgbouncer.through(database.url), revision: 'head' })
        expect(await seen()).toMatchObject(inTransactions())
        const left = await queryOnce<{ name: string }>(
          database.url,
          `SELECT application_name AS name FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
        expect(left.map(({ name }) => name)).toContain('limbeck')
        expect(left.filter(({ name }) => name.includes('limbeck:'))).toEqual([])
      } finally {
        await pgbouncer.stop()
      }
    },
  )
})

test('a name is kept within what PostgreSQL keeps, ours whole', () => {
  expect(nameAt('limbeck', 'abc')).toBe('limbeck:abc')
  expect(nameAt('Zürich', 'abc')).toBe('Z?rich limbeck:abc')
  expect(nameAt('x'.repeat(60), '32cceb7bc6db')).toBe(`${'x'.repeat(42)} limbeck:32cceb7bc6db`)
  expect(nameAt('x', 'r'.repeat(60))).toBe(`limbeck:${'r'.repeat(60)}`)
})

test.each([
  ['limbeck:abc', 'abc'],
  ['limbeck:abc@pod-7', 'abc'],
  ['billing limbeck:abc', 'abc'],
  ['limbeck', null],
  ['mylimbeck:abc', null],
])('the revision is read from what the holder of a lock is called: %s', (application, revision) => {
  const holder = { pid: 1, user: null, application, address: null, since: null, seconds: null }
  expect(holderFacts(holder).revision).toBe(revision)
})
