import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('bulk_insert')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** An env.ts whose hook puts rows behind what is proposed. */
const environment = `export const target = () => import('../models.ts')
export async function runMigrationsOnline(context) {
  context.configure({
    processRevisionDirectives(_context, _revision, [directive]) {
      directive.upgradeOperations = [
        ...directive.upgradeOperations,
        { kind: 'bulkInsert', table: 'colours', key: ['id'], columns: { id: { type: 'integer' } },
          rows: [{ id: 1, name: 'red' }, { id: 2, name: 'blue' }] },
      ]
    },
  })
  await context.runMigrations()
}
`

test('rows of a proposal are proved with it: they come and go, and are no rows that were there before', async () => {
  await queryOnce(database.url, 'CREATE TABLE colours (id integer PRIMARY KEY)')
  project.write(
    'models.ts',
    `import { integer, table, text } from 'limbeck'
export const colours = table('colours', { id: integer().primaryKey(), name: text() })
`,
  )
  project.write('migrations/env.ts', environment)
  const input = { ...project.input, message: 'colours', autogenerate: true }
  const { path, notes, downgradeLabel } = await revision(input)
  const text = readFileSync(path!, 'utf8')
  expect(text).toContain(
    "op.bulkInsert('colours', [{ id: 1, name: 'red' }, { id: 2, name: 'blue' }]",
  )
  expect(text).toContain("op.bulkDelete('colours'")
  expect(notes).toEqual([
    expect.stringContaining('what was written after the upgrade to colours'),
    'rows of colours were not followed: the upgrade inserts rows into it',
  ])
  expect(downgradeLabel).toBe('exact')

  await upgrade({ ...project.input, revision: 'head' })
  const rows = () => queryOnce(database.url, 'SELECT id FROM colours ORDER BY id')
  expect(await rows()).toEqual([{ id: 1 }, { id: 2 }])
  await queryOnce(database.url, 'INSERT INTO colours VALUES (3)')
  await downgrade({ ...project.input, revision: 'base' })
  expect(await rows()).toEqual([{ id: 3 }])
})
