import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject
beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('long')
  project = createProject(database.url)
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

test('a failure shows the beginning of a long statement, and has all of it among its facts', async () => {
  project.writeRevision({
    id: 'a1',
    upgrade: `op.createTable('t', { id: integer().primaryKey(), name: text() })
      op.bulkInsert('t', Array.from({ length: 100 }, () => ({ id: 1, name: 'x'.repeat(450) })))`,
  })
  const error: LimbeckError = await upgrade({ ...project.input, revision: 'head' }).catch(it => it)
  expect(error).toMatchObject({ code: 'STATEMENT_FAILED', facts: { sqlstate: '23505' } })
  expect(String(error.facts.statement).split('\n')).toHaveLength(101)
  const lines = error.message.split('\n').filter(line => line.startsWith('      (1'))
  expect(lines).toHaveLength(39)
  expect(lines[0]).toMatch(/^ {6}\(1, 'x+…$/)
  expect(error.message).toContain('… and 61 more lines\n')
})
