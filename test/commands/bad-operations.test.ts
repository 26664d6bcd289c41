import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('bad_operations')
  project = createProject(database.url)
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** A revision that is fine, and one with a directive on its line 14. */
function writeRevisions(bad: string): string {
  project.writeRevision({ id: 'a', upgrade: `  op.createTable('t', { a: integer() })` })
  return project.writeRevision({ id: 'b', down: 'a', upgrade: bad, downgrade: bad })
}

describe.each([
  ['sqlite', 'SQLite'],
  ['mysql', 'MySQL'],
])('a script for %s', (dialect, name) => {
  test.each([
    ['domains', `op.createDomain('d', integer())`],
    ['row security', `op.createPolicy('p', 't')`],
    ['owners', `op.alterOwner('table', 't', { to: 'x' })`],
    ['materialized views', `op.createMaterializedView('m', 'SELECT 1')`],
    ['extensions', `op.createExtension('citext')`],
  ])('is not begun where a revision of it needs %s', async (needs, directive) => {
    project.configure({ dialect, url: undefined })
    const path = writeRevisions(directive)
    const written: string[] = []
    project.write(
      'migrations/env.ts',
      `export async function runMigrationsOffline(context) {
        context.configure({ outputBuffer: text => context.config.attributes.written.push(text) })
        await context.runMigrations()
      }`,
    )
    const input = { ...project.input, sql: true, attributes: { written } }
    for (const run of [
      () => upgrade({ ...input, revision: 'base:head' }),
      () => downgrade({ ...input, revision: 'b:base' }),
    ]) {
      const error = await run().then(
        () => expect.unreachable('it should fail'),
        error => error,
      )
      expect(error.message).toContain(`${path}:`)
      expect(error).toMatchObject({
        code: 'OPERATION_UNSUPPORTED',
        message: expect.stringContaining(`, which ${name} does not have.`),
        facts: { path, line: expect.any(Number) },
        hint: expect.stringMatching(/\.$/),
      })
      if (needs !== 'owners' || name === 'MySQL') expect(error.facts.needs).toContain(needs)
    }
    expect(written).toEqual([])
  })
})

describe('an upgrade of PostgreSQL', () => {
  test.each([
    ['NAME_TOO_LONG', `op.createTable('t'.repeat(64), {})`],
    ['VALUE_UNSUPPORTED', `op.setComment('schema', 'public', 'a\\0b')`],
    [
      'DECLARATION_INVALID',
      `op.createIndex('i', 't', [{ column: 'a', order: 'down; DROP TABLE t' as never }])`,
    ],
    ['TRANSACTION_CONTROL', `op.execute('COMMIT')`],
    ['OPERATION_UNSUPPORTED', `op.batchAlterTable('t', { rebuild: 'always' }, () => {})`],
  ])('is not begun where a revision of it has a %s', async (code, directive) => {
    const path = writeRevisions(directive)
    const error = await upgrade({ ...project.input, revision: 'head' }).then(
      () => expect.unreachable('it should fail'),
      error => error,
    )
    expect(error).toMatchObject({ code, facts: { path } })
    const [tables] = await queryOnce<{ count: string }>(
      database.url,
      `SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    )
    expect(tables!.count).toBe('0')
  })
})
