import { afterEach, beforeEach, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('Case')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

const columns = `SELECT table_schema || '.' || table_name || '.' || column_name || ' ' || data_type AS line
  FROM information_schema.columns WHERE table_schema IN ('public', 'Public')
    AND table_name NOT LIKE '%\\_%' ORDER BY 1`

const lines = async () => (await query<{ line: string }>(columns)).map(({ line }) => line).sort()

const before = `export const upper = l.table('Users', {
  ID: l.integer().primaryKey('PK').identity(),
  id: l.text().notNull().unique('uq'),
})
export const lower = l.table('users', {
  id: l.integer().primaryKey('pk').references({ table: 'Users', column: 'ID' }),
  Id: status.notNull().default('new'),
}, t => [l.index('IX').on(t.Id), l.index('ix').on(t.id, t.Id)])
export const other = l.table('users', { id: l.integer() }, { schema: 'Public' })
export const view = l.view('USERS', sql\`SELECT "ID", id FROM "Users"\`)
`

const statuses = `const status = l.enumType('Status', ['new', 'New', 'NEW'])\n`

let models = 0

function writeModels(body: string): void {
  const file = `models-${++models}.ts`
  project.write(
    file,
    `import * as l from 'limbeck'\nimport { sql } from 'limbeck'\n${statuses}${body}\n`,
  )
  project.write('migrations/env.ts', `export const target = () => import('../${file}')\n`)
}

async function propose(message: string) {
  const result = await revision({ ...project.input, autogenerate: true, message })
  await upgrade({ ...project.input, revision: 'head' })
  expect((await check(project.input)).pending).toEqual([])
  return result
}

test('names that differ only in case are names of their own, from the models to the proof', async () => {
  writeModels(before)
  expect(await propose('create')).toMatchObject({ downgradeLabel: 'exact' })
  const created = await lines()
  expect(created).toEqual([
    'Public.users.id integer',
    'public.USERS.ID integer',
    'public.USERS.id text',
    'public.Users.ID integer',
    'public.Users.id text',
    'public.users.Id USER-DEFINED',
    'public.users.id integer',
  ])

  writeModels(
    before
      .replace('id: l.text().notNull()', 'id: l.varchar(50).notNull()')
      .replace(`l.index('IX').on(t.Id), `, '')
      .replace(`l.table('users', { id: l.integer() }`, `l.table('users', { ID: l.bigint() }`),
  )
  const changed = await propose('change')
  expect(changed.changes).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Users.id: type'),
      expect.stringContaining('index IX'),
    ]),
  )
  expect(await lines()).toEqual([
    'Public.users.ID bigint',
    'public.USERS.ID integer',
    'public.USERS.id character varying',
    'public.Users.ID integer',
    'public.Users.id character varying',
    'public.users.Id USER-DEFINED',
    'public.users.id integer',
  ])
  await downgrade({ ...project.input, revision: '-1' })
  expect(await lines()).toEqual(created)
  await downgrade({ ...project.input, revision: 'base' })
  expect(await lines()).toEqual([])
})
