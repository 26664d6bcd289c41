import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgrade } from '../../src/commands/upgrade.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { createProject, type TestProject } from '../support/project.ts'

let project: TestProject

beforeEach(() => {
  project = createProject('postgresql://nowhere.invalid/x')
})

afterEach(() => project.remove())

/** Offline, since nothing is asked of a database before every script has been recorded. */
const failure = (): Promise<LimbeckError> =>
  upgrade({ ...project.input, revision: 'head', sql: true }).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

test.each([
  ['DECLARATION_INVALID', `op.dropTable('')`, 6],
  ['OPERATION_INCOMPLETE', `op.createIndex(null, 't', ['c'], { comment: 'x' })`, 6],
  ['TRANSACTION_CONTROL', `op.execute('COMMIT')`, 6],
])('%s is told with the line of the script', async (code, line, column) => {
  const path = project.writeRevision({ id: 'a', upgrade: `  op.execute('SELECT 1')\n  ${line}` })
  const error = await failure()
  expect(error).toMatchObject({ code, facts: { path, line: 15, column } })
  expect(error.message.startsWith(`${path}:15:${column}: `)).toBe(true)
})

test('a script that is async is told with its file', async () => {
  const path = project.writeRevision({ id: 'a', upgrade: '  return Promise.resolve() as never' })
  const error = await failure()
  expect(error).toMatchObject({ code: 'SCRIPT_ASYNC', facts: { path } })
  expect(error.message.startsWith(`${path}: `)).toBe(true)
})

test('of several scripts that cannot be loaded the first of the plan is told', async () => {
  const first = project.writeRevision({ id: 'a', upgrade: "  op.dropTable('')" })
  project.writeRevision({ id: 'b', down: 'a', upgrade: '  return Promise.resolve() as never' })
  expect(await failure()).toMatchObject({ facts: { path: first } })
})
