import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { RuntimeEvent } from '../../src/runtime/events.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('told')
  project = createProject(database.url)
  project.configure({ log: { level: 'sql' } })
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

const wordsOf = (event: RuntimeEvent): string[] => {
  if (event.type === 'step' || event.type === 'stepDone') return [`${event.type} ${event.revision}`]
  return event.type === 'statement' || event.type === 'statementDone'
    ? [`${event.type} ${event.sql}`]
    : []
}

const told = () => project.events.flatMap(wordsOf)

const both = (sql: string) => [`statement ${sql}`, `statementDone ${sql}`]

test.each([false, true])(
  'statements are told when the one before is done, with transactionPerMigration: %s',
  async transactionPerMigration => {
    project.configure({ log: { level: 'sql' }, transactionPerMigration })
    project.writeRevision({
      id: 'a',
      upgrade: `op.execute('SELECT pg_sleep(0.2)')
        op.execute('SELECT 2')`,
    })
    project.writeRevision({
      id: 'b',
      down: 'a',
      upgrade: `op.execute('SELECT $1::integer', { parameters: [3] })
        op.autocommit(() => op.execute('VACUUM'))
        op.run(async ({ op }) => { op.execute('SELECT 4') })`,
    })
    await upgrade({ ...project.input, revision: 'head' })
    expect(told()).toEqual([
      'step a',
      ...both('SELECT pg_sleep(0.2)'),
      ...both('SELECT 2'),
      'stepDone a',
      'step b',
      ...both('SELECT $1::integer'),
      ...both('VACUUM'),
      ...both('SELECT 4'),
      'stepDone b',
    ])
    const took = project.events.flatMap(event =>
      event.type === 'statementDone' ? [event.milliseconds] : [],
    )
    expect(took[0]).toBeGreaterThanOrEqual(190)
  },
)

test('the last statement that was told is the one that was refused', async () => {
  project.writeRevision({
    id: 'a',
    upgrade: `op.execute('SELECT 1')
      op.execute('SELECT 1/0')
      op.execute('SELECT 3')`,
  })
  await upgrade({ ...project.input, revision: 'head' }).catch(() => {})
  expect(told()).toEqual(['step a', ...both('SELECT 1'), 'statement SELECT 1/0'])
})

test('what the log says on the command line wins over env.ts', async () => {
  project.write(
    'migrations/env.ts',
    `export async function runMigrationsOnline(context) {
      context.configure({ log: { sql: true } })
      await context.runMigrations()
    }`,
  )
  project.writeRevision({ id: 'a', upgrade: `op.execute('SELECT 1')` })
  project.configure({})
  await upgrade({ ...project.input, log: { level: 'info' }, revision: 'head' })
  expect(told()).toEqual(['step a', 'stepDone a'])
  project.writeRevision({ id: 'b', down: 'a', upgrade: `op.execute('SELECT 2')` })
  await upgrade({ ...project.input, revision: 'head' })
  expect(told()).toContain('statement SELECT 2')
})
