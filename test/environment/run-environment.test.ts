import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('environment')
  project = createProject(database.url)
  project.writeRevision({ id: 'a', upgrade: `  op.createTable('one', { id: integer() })` })
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** env.ts with this body of runMigrationsOnline. */
const writeEnvironment = (body: string) =>
  project.write(
    'migrations/env.ts',
    `import type { MigrationContext } from 'limbeck'
export async function runMigrationsOnline(context: MigrationContext) {
${body}
}
`,
  )

test('a role that may not read the version table is told which statement it was', async () => {
  await upgrade({ ...project.input, revision: 'head' })
  const role = 'limbeck_may_not_read'
  await queryOnce(database.url, `DROP ROLE IF EXISTS ${role}`)
  await queryOnce(database.url, `CREATE ROLE ${role} LOGIN PASSWORD 'nothing'`)
  const url = new URL(database.url)
  url.username = role
  url.password = 'nothing'
  await expect(current({ ...project.input, url: url.href })).rejects.toMatchObject({
    code: 'STATEMENT_FAILED',
    message:
      'The database refused what limbeck asked: permission denied for table alembic_version\n  statement: SELECT version_num FROM alembic_version',
    facts: { sqlstate: '42501' },
  })
  await queryOnce(database.url, `DROP ROLE ${role}`)
})

describe('env.ts', () => {
  test('may be left out', async () => {
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['a'])
  })

  test.each(['run_migrations_online', 'runMigrationOnline'])(
    'is not passed over for a function called %s',
    async name => {
      project.write('migrations/env.ts', `export async function ${name}() {}\n`)
      await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
        code: 'ENVIRONMENT_INVALID',
        message: expect.stringContaining(`exports ${name}, which is not called`),
        hint: 'Did you mean runMigrationsOnline?',
      })
    },
  )

  test('may export functions for others', async () => {
    project.write('migrations/env.ts', `export function helper() {}\nexport const runs = 3\n`)
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['a'])
  })

  test('may forget to await the migrations', async () => {
    writeEnvironment('  context.runMigrations()')
    await upgrade({ ...project.input, revision: 'head' })
    expect((await current(project.input)).heads).toEqual(['a'])
  })

  test('may forget to await migrations that fail', async () => {
    writeEnvironment('  context.runMigrations()')
    project.writeRevision({ id: 'a', upgrade: `  op.execute('SELECT 1/0')` })
    await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
    })
  })

  test('may forget to await the connection, which is then the only one', async () => {
    writeEnvironment('  context.connect()\n  context.runMigrations()')
    await upgrade({ ...project.input, revision: 'head' })
    expect(project.events.filter(event => event.type === 'connected')).toHaveLength(1)
    const sessions = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'limbeck'`
    await expect.poll(() => queryOnce(database.url, sessions)).toEqual([])
  })

  test('that does not run the migrations is an error', async () => {
    writeEnvironment('  await context.connect()')
    await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
      code: 'ENVIRONMENT_DID_NOT_RUN',
    })
  })

  test('may handle the failure itself', async () => {
    writeEnvironment(
      `  await context.runMigrations().catch(error => { throw new Error('ours: ' + error.code) })`,
    )
    project.writeRevision({ id: 'a', upgrade: `  op.execute('SELECT 1/0')` })
    await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      facts: {
        path: `${project.folder}/migrations/env.ts`,
        line: 3,
        reason: 'ours: STATEMENT_FAILED',
      },
    })
  })
})
