import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../../src/commands/check.ts'
import type { CheckResult } from '../../../src/commands/results/check.ts'
import { revision } from '../../../src/commands/revision.ts'
import { upgrade } from '../../../src/commands/upgrade.ts'
import { designPair } from '../../round-trip/properties/design.ts'
import { designSql } from '../../round-trip/properties/design-sql.ts'
import { createProject, type TestProject } from '../../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('memory')
  project = createProject(database.url)
  project.write(
    'migrations/env.ts',
    `import { sqlFiles } from 'limbeck'\nexport const target = sqlFiles('schema.sql')\n`,
  )
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const kept = () => join(project.folder, '.limbeck/cache/comparisons')
const forget = () => rmSync(kept(), { recursive: true, force: true })
const wants = (sql: string) => project.write('schema.sql', sql)
const has = (sql: string) => queryOnce(database.url, sql)

/** What `check` says of the changes, and whether it needed a scratch database for that. */
async function checked(): Promise<
  Pick<CheckResult, 'pending' | 'notModelled'> & { isNew: boolean }
> {
  project.events.length = 0
  const { pending, notModelled } = await check(project.input)
  return { pending, notModelled, isNew: project.events.some(({ type }) => type === 'scratch') }
}

const users = `CREATE TABLE users (id integer PRIMARY KEY, status varchar(9) CHECK (status IN ('a', 'b')));`
const remembered = { pending: [], notModelled: [], isNew: false }
const foundOut = { pending: [], notModelled: [], isNew: true }

describe('what scratch has shown', () => {
  beforeEach(async () => {
    wants(users)
    await has(users)
    expect(await checked()).toEqual(foundOut)
  })

  test('is known the next time', async () => {
    expect(await checked()).toEqual(remembered)
  })

  test('is known of another database that says the same', async () => {
    await has(`DROP TABLE users; ${users}`)
    expect(await checked()).toEqual(remembered)
  })

  test('is known wherever the file has moved within the project', async () => {
    wants(`-- one line more\n\n${users}`)
    expect((await checked()).pending).toEqual([])
  })

  test('does not hide that the target has changed', async () => {
    wants(`${users} CREATE TABLE more (id integer);`)
    expect((await checked()).pending).toMatchObject([{ kind: 'createTable' }])
    expect(await checked()).toMatchObject({ pending: [{ kind: 'createTable' }], isNew: false })
  })

  test('does not hide that the database has changed', async () => {
    await has(`ALTER TABLE users DROP CONSTRAINT users_status_check`)
    const { pending } = await checked()
    expect(pending).toMatchObject([{ kind: 'createConstraint' }])
    expect(await checked()).toEqual({ pending, notModelled: [], isNew: false })
  })

  test.each([
    ['DateStyle', `ALTER DATABASE %s SET datestyle = 'SQL, DMY'`],
    ['IntervalStyle', `ALTER DATABASE %s SET intervalstyle = 'iso_8601'`],
  ])('is found out anew where %s has another value', async (_, statement) => {
    await has(statement.replace('%s', database.name))
    expect(await checked()).toEqual(foundOut)
    expect(await checked()).toEqual(remembered)
  })

  test('is found out anew where what is kept was damaged', async () => {
    for (const name of readdirSync(kept())) {
      const path = join(kept(), name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(/.$/s, 'x'))
    }
    expect(await checked()).toEqual(foundOut)
    expect(await checked()).toEqual(remembered)
  })

  test('lists what is not modelled as often as it is asked', async () => {
    await has(`ALTER TABLE users ALTER COLUMN id SET (n_distinct = 5)`)
    const first = await checked()
    expect(first.notModelled).toEqual(['column options public.users.id'])
    expect(await checked()).toEqual({ ...first, isNew: false })
  })
})

describe('a target that a database was brought to', () => {
  test('is known to be what it says now', async () => {
    wants(users)
    await revision({ ...project.input, autogenerate: true, message: 'create users' })
    await upgrade({ ...project.input, revision: 'head' })
    expect(await checked()).toEqual(remembered)
  })

  test('needs no scratch database to say that nothing has changed', async () => {
    wants(users)
    await revision({ ...project.input, autogenerate: true, message: 'create users' })
    await upgrade({ ...project.input, revision: 'head' })
    project.events.length = 0
    const { path } = await revision({ ...project.input, autogenerate: true, message: 'more' })
    expect(path).toBeUndefined()
    expect(project.events.map(({ type }) => type)).not.toContain('scratch')
  })
})

test('an extension of another version is another target', async () => {
  const sql = `CREATE EXTENSION pg_trgm WITH SCHEMA public VERSION '%s';`
  const versions = await queryOnce<{ version: string }>(
    database.url,
    `SELECT version FROM pg_available_extension_versions WHERE name = 'pg_trgm' ORDER BY version`,
  )
  const [old, ...newer] = versions.map(({ version }) => version)
  if (newer.length === 0) return
  await has(sql.replace('%s', old!))
  wants(sql.replace('%s', old!))
  expect((await checked()).isNew).toBe(true)
  expect((await checked()).isNew).toBe(false)
  await has(`ALTER EXTENSION pg_trgm UPDATE`)
  expect((await checked()).isNew).toBe(true)
})

test('what is remembered of schemas that nobody has written is what is found out of them', async () => {
  const server = await postgresServer()
  await fc.assert(
    fc.asyncProperty(designPair, async ([before, after]) => {
      const other = await server.createDatabase('remembered')
      try {
        project.configure({ url: other.url, manage: 'all' })
        await queryOnce(other.url, designSql(before, server.major))
        for (const target of [after, before]) {
          wants(designSql(target, server.major))
          forget()
          const first = await checked()
          expect(first.isNew).toBe(true)
          expect(await checked()).toEqual({ ...first, isNew: false })
        }
      } finally {
        await other.drop()
      }
    }),
    { numRuns: 8, endOnFailure: true },
  )
}, 600_000)
