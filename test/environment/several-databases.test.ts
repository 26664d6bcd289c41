import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { history } from '../../src/commands/history.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { maskUrl } from '../../src/credentials/secrets.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let databases: TestDatabase[]
let project: TestProject

beforeEach(async () => {
  const server = await postgresServer()
  databases = [await server.createDatabase('first'), await server.createDatabase('second')]
  project = createProject('postgresql://nowhere.invalid/x')
  project.write(
    'migrations/env.ts',
    `import { writeFileSync } from 'node:fs'
import type { MigrationContext } from 'limbeck'
const urls = ${JSON.stringify(databases.map(({ url }) => url))}
export async function runMigrationsOnline(context: MigrationContext) {
  for (const url of urls) {
    await context.connect({ url })
    await context.runMigrations({ url })
  }
}
export async function runMigrationsOffline(context: MigrationContext) {
  for (const [index, url] of urls.entries()) {
    const pieces: string[] = []
    if (context.getXArgument().files !== undefined)
      context.configure({ outputBuffer: text => pieces.push(text) })
    context.staticOutput(\`-- database \${index}\\n\`)
    await context.runMigrations({ url })
    writeFileSync(new URL(\`\${index}.sql\`, import.meta.url), pieces.join(''))
  }
}
`,
  )
  project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
  project.writeRevision({ id: 'b1', down: 'a1' })
})

afterEach(async () => {
  project.remove()
  for (const database of databases) await database.drop()
})

const names = () => databases.map(({ url }) => maskUrl(url))

test('each database goes its own way, and the result says which', async () => {
  await stamp({ ...project.input, revisions: ['a1'] })
  await queryOnce(databases[0]!.url, 'DELETE FROM alembic_version')
  const result = await upgrade({ ...project.input, revision: 'head' })
  const [first, second] = names()
  const ids = (steps: readonly { revision: string }[]) => steps.map(step => step.revision)
  expect(result).toMatchObject({ database: first, headsBefore: [], headsAfter: ['b1'] })
  expect(ids(result.steps)).toEqual(['a1', 'b1'])
  expect(result.databases).toMatchObject([
    { database: first, headsBefore: [], headsAfter: ['b1'] },
    { database: second, headsBefore: ['a1'], headsAfter: ['b1'] },
  ])
  expect(result.databases!.map(({ steps }) => ids(steps))).toEqual([['a1', 'b1'], ['b1']])
})

test('where they are, and that they are stamped, is told one by one', async () => {
  const stamped = await stamp({ ...project.input, revisions: ['a1'] })
  expect(stamped.databases).toMatchObject(
    names().map(database => ({ database, headsBefore: [], headsAfter: ['a1'] })),
  )
  await queryOnce(databases[1]!.url, `UPDATE alembic_version SET version_num = 'b1'`)
  expect((await current(project.input)).databases).toMatchObject([
    { database: names()[0], heads: ['a1'] },
    { database: names()[1], heads: ['b1'] },
  ])
  const { revisions } = await history({ ...project.input, indicateCurrent: true })
  expect(revisions.map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    ['b1', true],
    ['a1', true],
  ])
})

test('the first that fails ends the run, and those before it stay', async () => {
  await queryOnce(databases[1]!.url, 'CREATE TABLE one (id integer)')
  await expect(upgrade({ ...project.input, revision: 'head' })).rejects.toMatchObject({
    code: 'STATEMENT_FAILED',
    message: expect.stringContaining(`In ${names()[1]}; moved before it: ${names()[0]}.`),
    facts: { revision: 'a1', database: names()[1], moved: [names()[0]] },
  })
  const rows = await queryOnce(databases[0]!.url, 'SELECT version_num FROM alembic_version')
  expect(rows).toEqual([{ version_num: 'b1' }])
})

test('--sql gives one script, or a file for each', async () => {
  project.configure({ offlineGuards: 'sql' })
  const together = await upgrade({ ...project.input, revision: 'head', sql: true })
  expect(together.sql!.match(/-- database \d|BEGIN;|COMMIT;/g)).toEqual([
    '-- database 0',
    'BEGIN;',
    'COMMIT;',
    '-- database 1',
    'BEGIN;',
    'COMMIT;',
  ])
  expect(together.databases).toHaveLength(2)
  const input = { ...project.input, x: ['files'] }
  expect((await upgrade({ ...input, revision: 'head', sql: true })).sql).toBe('')
  for (const [index, { url }] of databases.entries()) {
    const script = readFileSync(join(project.folder, `migrations/${index}.sql`), 'utf8')
    await queryOnce(url, script)
  }
  expect((await current(project.input)).databases?.map(({ heads }) => heads)).toEqual([
    ['b1'],
    ['b1'],
  ])
})
