import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { branches } from '../../src/commands/branches.ts'
import { current } from '../../src/commands/current.ts'
import { ensureVersion } from '../../src/commands/ensure-version.ts'
import { heads } from '../../src/commands/heads.ts'
import { history } from '../../src/commands/history.ts'
import { show } from '../../src/commands/show.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('listings')
  project = createProject(database.url)
  project.writeRevision({ id: 'a' })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

async function tables(): Promise<string[]> {
  const rows = await queryOnce<{ name: string }>(
    database.url,
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  )
  return rows.map(row => row.name)
}

const writeDependent = (id: string, down: string | null, dependsOn: string) =>
  project.write(
    `migrations/versions/${id}_test.ts`,
    `export const revision = '${id}'
export const downRevision = ${JSON.stringify(down)}
export const branchLabels = null
export const dependsOn = '${dependsOn}'
export function upgrade() {}
export function downgrade() {}
`,
  )

test('commands that only read create no table', async () => {
  await current({ ...project.input, checkHeads: true })
  await history({ ...project.input, indicateCurrent: true, range: 'current:' })
  await show({ ...project.input, revision: 'current' })
  expect(await tables()).toEqual([])
})

describe('current with checkHeads', () => {
  const check = async (revisions: readonly string[]) => {
    await stamp({ ...project.input, revisions, purge: true })
    const { isAtHeads, missingHeads } = await current({ ...project.input, checkHeads: true })
    return [isAtHeads, missingHeads]
  }

  test('names the heads that the database has not been moved to', async () => {
    project.writeRevision({ id: 'b', down: 'a' })
    project.writeRevision({ id: 'c', down: 'a' })
    expect(await check(['a'])).toEqual([false, ['b', 'c']])
    expect(await check(['b'])).toEqual([false, ['c']])
    expect(await check(['b', 'c'])).toEqual([true, []])
  })

  test('counts a head that another needs as reached with it', async () => {
    project.writeRevision({ id: 'lib' })
    writeDependent('b', 'a', 'lib')
    expect(await check(['b'])).toEqual([true, []])
    expect(await check(['a'])).toEqual([false, ['b', 'lib']])
  })

  test('is not asked unless it is wanted', async () => {
    expect(await current(project.input)).not.toHaveProperty('isAtHeads')
  })
})

test('heads leave out what others depend on, where asked', async () => {
  project.writeRevision({ id: 'lib' })
  writeDependent('b', 'a', 'lib')
  const ids = async (resolveDependencies: boolean) =>
    (await heads({ ...project.input, resolveDependencies })).revisions.map(({ id }) => id)
  expect([await ids(false), await ids(true)]).toEqual([['b', 'lib'], ['b']])
})

test('branches are the branch points newest first, each with what follows it', async () => {
  for (const [id, down] of [
    ['b', 'a'],
    ['c', 'a'],
    ['d', 'c'],
    ['e', 'c'],
  ] as const) {
    project.writeRevision({ id, down })
  }
  const { branchPoints } = await branches(project.input)
  expect(
    branchPoints.map(({ revision, children }) => [revision.id, children.map(one => one.id)]),
  ).toEqual([
    ['c', ['d', 'e']],
    ['a', ['b', 'c']],
  ])
})

test('the listings tell the date that a file gives', async () => {
  project.write(
    'migrations/versions/b_test.ts',
    `/**
 * add b
 *
 * Revision ID: b
 * Create Date: 2026-11-20 09:41:00+00:00
 */
export const revision = 'b'
export const downRevision = 'a'
export const branchLabels = null
export const dependsOn = null
export function upgrade() {}
export function downgrade() {}
`,
  )
  const { revisions } = await history(project.input)
  expect(revisions.map(({ createdAt }) => createdAt)).toEqual([
    '2026-11-20 09:41:00+00:00',
    undefined,
  ])
})

describe('an env.ts that runs for several databases', () => {
  let second: TestDatabase

  beforeEach(async () => {
    second = await (await postgresServer()).createDatabase('listings_second')
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOnline(context) {
  for (const url of ${JSON.stringify([database.url, second.url])}) {
    await context.connect({ url })
    await context.runMigrations()
  }
}
`,
    )
  })
  afterEach(() => second.drop())

  test('is told database by database', async () => {
    const created = await ensureVersion(project.input)
    expect(created.databases?.map(one => one.created)).toEqual([
      ['alembic_version', 'limbeck_ledger'],
      ['alembic_version', 'limbeck_ledger'],
    ])
    await queryOnce(second.url, `INSERT INTO alembic_version VALUES ('a')`)
    const result = await current({ ...project.input, checkHeads: true })
    expect(result.databases?.map(({ heads, missingHeads }) => [heads, missingHeads])).toEqual([
      [[], ['a']],
      [['a'], []],
    ])
    expect(result.databases?.map(one => one.database)).toEqual([
      expect.stringContaining(database.name),
      expect.stringContaining(second.name),
    ])
    expect([result.isAtHeads, result.heads]).toEqual([false, []])
  })
})

describe('ensure-version', () => {
  test('creates what is missing, once, and says so', async () => {
    expect(await ensureVersion(project.input)).toMatchObject({
      tables: ['alembic_version', 'limbeck_ledger'],
      created: ['alembic_version', 'limbeck_ledger'],
    })
    expect(await tables()).toEqual(['public.alembic_version', 'public.limbeck_ledger'])
    expect((await ensureVersion(project.input)).created).toEqual([])
  })

  test('leaves the rows of a table that is there, and adds the ledger', async () => {
    await queryOnce(database.url, 'CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)')
    await queryOnce(database.url, `INSERT INTO alembic_version VALUES ('a')`)
    expect((await ensureVersion(project.input)).created).toEqual(['limbeck_ledger'])
    expect((await current(project.input)).heads).toEqual(['a'])
  })

  test('follows the name and schema of the config', async () => {
    await queryOnce(database.url, 'CREATE SCHEMA ops')
    project.configure({ versionTable: 'versions', versionTableSchema: 'ops' })
    expect((await ensureVersion(project.input)).created).toEqual([
      'ops.versions',
      'ops.limbeck_ledger',
    ])
    expect(await tables()).toEqual(['ops.limbeck_ledger', 'ops.versions'])
  })

  test('with --sql gives a script that makes the same tables', async () => {
    const { sql } = await ensureVersion({ ...project.input, sql: true })
    expect(await tables()).toEqual([])
    await queryOnce(database.url, sql!)
    expect(await tables()).toEqual(['public.alembic_version', 'public.limbeck_ledger'])
    expect((await ensureVersion(project.input)).created).toEqual([])
  })
})
