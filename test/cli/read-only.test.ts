import { afterAll, beforeAll, expect, test } from 'vitest'
import { limbeckIn } from '../support/command-line.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

// What only reads leaves a database as it was: no version table, no ledger, nothing else.

let database: TestDatabase
let project: TestProject

beforeAll(async () => {
  database = await (await postgresServer()).createDatabase('read_only')
  await queryOnce(database.url, 'CREATE TABLE users (id integer)')
  project = createProject(database.url)
  project.write(
    'models.ts',
    `import { integer, table, text } from 'limbeck'
export const users = table('users', { id: integer(), nick: text() })
`,
  )
  project.write('migrations/env.ts', `export const target = () => import('../models.ts')\n`)
})
afterAll(async () => {
  project.remove()
  await database.drop()
})

/** Everything in the database that is not PostgreSQL's own, with its columns, and who wrote last. */
const contents = () =>
  queryOnce(
    database.url,
    `SELECT c.oid, c.relname, c.relkind, c.relfilenode, array_agg(a.attname ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname !~ '^(pg_|information_schema)' GROUP BY c.oid ORDER BY c.oid`,
  )

const commands: readonly (readonly [words: string[], status: number])[] = [
  [['check'], 3],
  [['current'], 0],
  [['doctor'], 0],
  [['current', '--verbose'], 0],
  [['current', '--check-heads'], 0],
  [['heads'], 0],
  [['heads', '--resolve-dependencies'], 0],
  [['branches'], 0],
  [['history'], 0],
  [['history', '-i'], 0],
  [['history', '-r', ':current'], 0],
  [['show', 'current'], 0],
  [['edit', 'current'], 1],
  [['list-templates'], 0],
  [['upgrade', 'head', '--sql'], 0],
  [['downgrade', 'head:base', '--sql'], 0],
  [['stamp', 'base', '--sql'], 0],
  [['ensure-version', '--sql'], 0],
  [['upgrade', 'head'], 0],
  [['downgrade', 'base'], 0],
  [['revision', '--autogenerate', '-m', 'nick', '--rev-id', 'aa01'], 0],
]

test.each(commands)('%j leaves an unversioned database as it is', async (words, status) => {
  const before = await contents()
  expect(before).toHaveLength(1)
  const outcome = await limbeckIn(project.folder, words, { EDITOR: 'true' })
  expect(outcome.status, `${outcome.stdout}\n${outcome.stderr}`).toBe(status)
  expect(await contents()).toEqual(before)
})

test('with a revision, too', async () => {
  const before = await contents()
  for (const [words, status] of [
    [['current'], 0],
    [['current', '--check-heads'], 5],
    [['check'], 1],
    [['history', '-i'], 0],
    [['show', 'current'], 0],
    [['upgrade', 'head', '--sql'], 0],
    [['downgrade', 'aa01:base', '--sql'], 0],
    [['stamp', 'head', '--sql'], 0],
    [['revision', '--autogenerate', '-m', 'more'], 1],
    [['downgrade', '-1'], 1],
    [['upgrade', 'nowhere'], 1],
  ] as const) {
    const outcome = await limbeckIn(project.folder, words)
    expect(outcome.status, `${words.join(' ')}\n${outcome.stdout}\n${outcome.stderr}`).toBe(status)
    expect(await contents(), words.join(' ')).toEqual(before)
  }
})
