import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { pgDump } from '../support/pg-dump.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { missingPsql, psql } from '../support/psql.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'
import { createSqliteDatabase, missingSqlite3 } from '../support/sqlite3.ts'
import { codeBlocks, fileOf } from './pages.ts'

const blocks = codeBlocks('docs/guide/extending.md')
let database: TestDatabase
let project: TestProject

/** The page's project, but for its env.ts. */
beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('extending')
  project = createProject(database.url)
  for (const block of blocks) {
    const path = fileOf(block)
    if (path !== undefined && !path.endsWith('env.ts')) project.write(path, block.text)
  }
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

async function viewText(url = database.url): Promise<string | null> {
  const [row] = await queryOnce<{ text: string | null }>(
    url,
    `SELECT pg_get_viewdef(to_regclass('active_users')) AS text`,
  )
  return row!.text
}

const first = ' SELECT users.id\n   FROM users\n  WHERE users.is_active;'
const second = ' SELECT users.id,\n    users.name\n   FROM users\n  WHERE users.is_active;'

test('the view goes to its next version, and the downgrade brings the text of the one before back', async () => {
  await upgrade({ ...project.input, revision: '1975ea83b712' })
  expect(await viewText()).toBe(first)
  await upgrade({ ...project.input, revision: 'head' })
  expect(await viewText()).toBe(second)
  await downgrade({ ...project.input, revision: '-1' })
  expect(await viewText()).toBe(first)
  await downgrade({ ...project.input, revision: 'base' })
  expect(await viewText()).toBeNull()
})

const offline = (command: typeof upgrade | typeof downgrade, range: string) =>
  command({ ...project.input, revision: range, sql: true }).then(({ sql = '' }) => sql)

test.skipIf(missingPsql())(
  'psql runs what --sql prints, up and down, to the same end',
  async () => {
    const other = await (await postgresServer()).createDatabase('extending_psql')
    try {
      const run = async (sql: string) => {
        const { status, stderr } = await psql(other.url, ['-v', 'ON_ERROR_STOP=1'], sql)
        expect(status, stderr).toBe(0)
      }
      const up = await offline(upgrade, 'base:head')
      const shown = blocks.find(({ language }) => language === 'console')!.text
      for (const line of shown.match(/^(DROP|CREATE) .*$/gm)!) expect(up).toContain(line)
      await run(up)
      await upgrade({ ...project.input, revision: 'head' })
      const own = (url: string) => pgDump(url, ['--exclude-table=limbeck_ledger'])
      expect(await own(other.url)).toBe(await own(database.url))
      await run(await offline(downgrade, 'head:1975ea83b712'))
      expect(await viewText(other.url)).toBe(first)
    } finally {
      await other.drop()
    }
  },
)

test.skipIf(missingSqlite3())(
  'the same definition writes the SQL of another database',
  async () => {
    project.configure({ dialect: 'sqlite' })
    const sqlite = createSqliteDatabase()
    try {
      const { stderr } = await sqlite.run(await offline(upgrade, 'base:head'))
      expect(stderr).toBe('')
      expect(await sqlite.dump()).toContain(
        'CREATE VIEW active_users AS SELECT id, name FROM users WHERE is_active;',
      )
    } finally {
      await sqlite.drop()
    }
  },
)

test('a proposal is written with the operation that a hook has put into it, and proved', async () => {
  const env = blocks.find(block => fileOf(block)?.endsWith('env.ts'))!
  project.write('migrations/env.ts', env.text)
  project.write(
    'src/models.ts',
    `import { boolean, integer, table, text } from 'limbeck'
     export const users = table('users', { id: integer().primaryKey(), name: text(), is_active: boolean() })
     export const invoices = table('invoices', { id: integer().primaryKey() })`,
  )
  await upgrade({ ...project.input, revision: 'head' })
  const { path, changes, proof } = await revision({
    ...project.input,
    autogenerate: true,
    message: 'invoices',
  })
  expect(changes).toEqual(['+ table invoices (1 column)', '+ view everybody'])
  expect(proof).toContain('downgrade restores the database exactly')
  const text = readFileSync(path!, 'utf8')
  expect(text).toContain(
    "import { createReplaceable, dropReplaceable } from '../replaceable-view.ts'\n",
  )
  expect(text).toContain(
    "  op.invoke(createReplaceable({ name: 'everybody', query: 'SELECT id FROM users' }))\n",
  )
})
