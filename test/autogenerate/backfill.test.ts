import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { merge } from '../../src/commands/merge.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('backfill')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

describe('a backfill in scratch', () => {
  test('runs when a proposal is proved: the column that it fills may be NOT NULL', async () => {
    await queryOnce(
      database.url,
      'CREATE TABLE users (id integer PRIMARY KEY, email text NOT NULL); INSERT INTO users VALUES (1, $$A@B$$)',
    )
    project.write(
      'models.ts',
      `import { integer, table, text } from 'limbeck'
export const users = table('users', {
  id: integer().primaryKey(), email: text().notNull(), nick: text().notNull() })
`,
    )
    project.write(
      'migrations/env.ts',
      `export const target = () => import('../models.ts')
export async function runMigrationsOnline(context) {
  context.configure({
    processRevisionDirectives(_context, _revision, [directive]) {
      if (directive === undefined) return
      const [added] = directive.upgradeOperations
      const column = { ...added.column, notNull: false }
      const on = { schema: added.schema, table: 'users' }
      directive.upgradeOperations = [
        { ...added, column },
        { ...on, kind: 'backfill', set: { nick: { sql: 'lower(email)' } }, reverse: null },
        { ...on, kind: 'alterColumn', column: 'nick', changes: { notNull: true }, existing: column },
      ]
    },
  })
  await context.runMigrations()
}
`,
    )
    const input = { ...project.input, message: 'add nick', autogenerate: true }
    const { path, proof, downgradeLabel } = await revision(input)
    expect(readFileSync(path!, 'utf8')).toContain(
      "op.backfill('users', { set: { nick: sql`lower(email)` }, reverse: null })",
    )
    expect(proof).toContain('upgrade reaches the models')
    expect(downgradeLabel).toBe('exact')
    await upgrade({ ...project.input, revision: 'head' })
    expect(await queryOnce(database.url, 'SELECT nick FROM users')).toEqual([{ nick: 'a@b' }])
  })

  test('runs when branches are merged, but for code that is not declared harmless', async () => {
    const rows = 'INSERT INTO users SELECT i, 0 FROM generate_series(1, 9) AS i'
    project.writeRevision({
      id: 'root',
      upgrade: `  op.createTable('users', { id: integer().primaryKey(), n: integer() })
  op.execute('${rows}')`,
    })
    const left = `  op.backfill('users', { set: { n: 1 } })
  op.createCheckConstraint('filled', 'users', sql\`n = 1\`)`
    const right = `  op.backfill('users', { run: () => { throw new Error('not in scratch') } })`
    project.writeRevision({ id: 'left', down: 'root', upgrade: left })
    project.writeRevision({ id: 'right', down: 'root', upgrade: right })
    const { proof } = await merge({ ...project.input, revisions: ['left', 'right'] })
    expect(proof).toEqual([
      expect.stringMatching(
        /^proved except run at .*right_test\.ts:14:6: left and right give the same/,
      ),
    ])
  })
})
