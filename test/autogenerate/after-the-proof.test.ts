import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import { revision } from '../../src/commands/revision.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('after')
  project = createProject(database.url)
  project.write(
    'models.ts',
    `import { integer, table, varchar } from 'limbeck'
export const users = table('users', { id: integer().primaryKey(), email: varchar(255) })
export const orders = table('orders', { id: integer().primaryKey() })
`,
  )
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** The environment of the project, whose migrations run with this code before them. */
const environment = (body = '') =>
  project.write(
    'migrations/env.ts',
    `export const target = () => import('../models.ts')
export async function runMigrationsOnline(context) {
${body}
  await context.runMigrations()
}
`,
  )

/** What is done to the file, as the body of a function with its text. */
const hooks = (body: string) =>
  project.write(
    'limbeck.config.ts',
    `import { readFileSync, writeFileSync } from 'node:fs'
export default { url: '${database.url}', postWriteHooks: [
  function edit(path) { const text = readFileSync(path, 'utf8'); writeFileSync(path, ${body}) },
] }
`,
  )

const propose = () => revision({ ...project.input, autogenerate: true, message: 'first' })

const failure = (): Promise<LimbeckError> =>
  propose().then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const files = () => readdirSync(join(project.folder, 'migrations/versions'))
const textOf = (path: string | undefined) => readFileSync(path!, 'utf8')

const tables = async () => {
  const rows = await queryOnce<{ tablename: string }>(
    database.url,
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('users', 'orders') ORDER BY 1`,
  )
  return rows.map(row => row.tablename)
}

describe('a post-write hook', () => {
  test('that formats keeps the proof', async () => {
    environment()
    hooks(`text.replaceAll("'", '"').replaceAll(/\\)\\n/g, ');\\n')`)
    const { path, hooks: run, proof, downgradeLabel } = await propose()
    expect(run).toEqual(['edit'])
    expect(textOf(path)).toContain('export const revision = "')
    expect(downgradeLabel).toBe('exact')
    expect(textOf(path)).toContain('Downgrade: exact')
    expect(proof).toContain('upgrade reaches the models')
  })

  test('that changes what is done takes the proof away, from the file too', async () => {
    environment()
    hooks(`text.replace('upgrade(op: Op) {', 'upgrade(op: Op) {\\n  op.execute("SELECT 1")')`)
    const { path, proof, notes, downgradeLabel, id } = await propose()
    expect(textOf(path)).toContain('Downgrade: unproved')
    expect(downgradeLabel).toBe('unproved')
    expect(proof).toEqual([])
    expect(notes).toContain(
      `after the proof the post-write hook 'edit' changed what ${id} does, so nothing of it is proved`,
    )
  })

  test('that leaves no code is an error', async () => {
    environment()
    hooks(`text.replace('op.createTable', 'op.createTabel')`)
    const error = await failure()
    expect(error.code).toBe('WRITE_HOOK_BROKE_REVISION')
    expect(error.message).toMatch(/'edit'.*createTabel is not a function/)
  })
})

describe('env.ts', () => {
  test('that runs twice is an error, and nothing is written', async () => {
    environment('  await context.runMigrations()')
    const error = await failure()
    expect(error.code).toBe('AUTOGENERATE_TWICE')
    expect(error.message).toContain('env.ts calls context.runMigrations() more than once')
    expect(files()).toEqual([])
  })

  test('that fails after it has run leaves nothing written', async () => {
    project.write(
      'migrations/env.ts',
      `export const target = () => import('../models.ts')
export async function runMigrationsOnline(context) {
  await context.runMigrations()
  throw new Error('too late')
}
`,
    )
    expect((await failure()).message).toContain('too late')
    expect(files()).toEqual([])
  })

  test('may give its template variables', async () => {
    environment(`  context.configure({ templateArgs: { ticket: 'T-1' } })`)
    const template = readFileSync(
      new URL('../../templates/generic/script.ts.template', import.meta.url),
      'utf8',
    )
    project.write('migrations/script.ts.template', template.replace('/**\n', '/**\n * ${ticket}\n'))
    expect(textOf((await propose()).path)).toMatch(/^\/\*\*\n \* T-1\n \* first\n/)
  })
})

test('with revisionEnvironment, env.ts sees the rows, and the database stays as it is', async () => {
  project.configure({ revisionEnvironment: true })
  const hook = `context.configure({
    processRevisionDirectives(context, revision, [directive]) { directive.message = 'on ' + JSON.stringify(revision) },
  })`
  environment(`  ${hook}`)
  const first = await revision({ ...project.input, revId: 'a1' })
  expect(first.message).toBe('on []')
  const created = await queryOnce(
    database.url,
    `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`,
  )
  expect(created).toEqual([])
  await upgrade({ ...project.input, revision: 'head' })
  expect((await revision(project.input)).message).toBe('on ["a1"]')
  expect(await tables()).toEqual([])
})

const directing = (body: string) =>
  environment(`  context.configure({
    processRevisionDirectives(context, revision, directives) {
      const [directive] = directives
      ${body}
    },
  })`)

describe('processRevisionDirectives', () => {
  test('takes operations out; the rest is proved, and what is left out is told', async () => {
    directing(`directive.upgradeOperations = directive.upgradeOperations.filter(
        operation => !(operation.kind === 'createTable' && operation.table.name === 'orders'))`)
    const { changes, proof, notes, downgradeLabel } = await propose()
    expect(changes).toHaveLength(1)
    expect(proof).toEqual(['upgrade works', 'downgrade restores the database exactly'])
    expect(notes).toContainEqual(
      expect.stringMatching(/^after processRevisionDirectives the upgrade leaves out: .*orders/),
    )
    expect(downgradeLabel).toBe('exact')
    await upgrade({ ...project.input, revision: 'head' })
    expect(await tables()).toEqual(['users'])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await tables()).toEqual([])
  })

  test('splits a proposal into files that lead to the target together', async () => {
    directing(`const [first, ...rest] = directive.upgradeOperations
      directive.upgradeOperations = [first]
      directives.push({ ...directive, revId: 'second', message: 'second', upgradeOperations: rest, downRevisions: [directive.revId] })`)
    const { id, proof, more = [] } = await propose()
    expect(proof).toContain('upgrade reaches the models')
    expect(more).toMatchObject([
      { id: 'second', message: 'second', downRevisions: [id], downgradeLabel: 'exact' },
    ])
    expect(files()).toHaveLength(2)
    await upgrade({ ...project.input, revision: 'head' })
    expect((await check(project.input)).pending).toEqual([])
    await downgrade({ ...project.input, revision: 'base' })
    expect(await tables()).toEqual([])
  })

  test('may leave nothing to write', async () => {
    directing('directives.length = 0')
    const { path, changes } = await propose()
    expect(path).toBeUndefined()
    expect(changes).toHaveLength(2)
    expect(files()).toEqual([])
  })

  test('that makes a downgrade which does not lead back is told so, and nothing is written', async () => {
    directing('directive.downgradeOperations = []')
    const error = await failure()
    expect(error.code).toBe('PROOF_FAILED')
    expect(error.hint).toContain('processRevisionDirectives')
    expect(files()).toEqual([])
  })

  test('with SQL in the upgrade makes the downgrade unproved', async () => {
    directing(`directive.upgradeOperations.push({ kind: 'execute', sql: 'INSERT INTO users VALUES (1)' })
      directive.downgradeOperations = [
        { kind: 'dropTable', name: 'users' }, { kind: 'dropTable', name: 'orders' }]`)
    const { downgradeLabel, proof } = await propose()
    expect(downgradeLabel).toBe('unproved')
    expect(proof).toContain('upgrade reaches the models')
  })
})
