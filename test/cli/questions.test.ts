import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/ensure-built.mjs'
import { type CliProject, createCliProject } from '../support/cli-project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'
import { endOfInput, hasTerminal, interrupt, runInTerminal } from '../support/terminal.ts'

// `downgrade base` as somebody types it: in a terminal of its own, and without one.

let database: TestDatabase
let project: CliProject

beforeAll(async () => {
  ensureBuilt()
  database = await (await postgresServer()).createDatabase('questions')
  project = createCliProject()
  project.write('limbeck.config.ts', 'export default { url: process.env.TEST_URL }\n')
  project.write(
    'migrations/versions/a.ts',
    `import { integer, type Op } from 'limbeck'
export const revision = 'aa01'
export const downRevision = null
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  op.createTable('users', { id: integer() })
  op.createTable('drafts', { id: integer() })
}
export function downgrade(op: Op) {
  op.dropTable('drafts')
  op.dropTable('users')
}
`,
  )
})
afterAll(async () => {
  project.remove()
  await database.drop()
})

const limbeck = (...words: readonly string[]) => project.limbeck(words, { TEST_URL: database.url })

beforeEach(async () => {
  const [row] = await queryOnce<{ name: string | null }>(
    database.url,
    `SELECT to_regclass('users')::text AS name`,
  )
  if (row!.name === null) await limbeck('upgrade', 'head')
  await queryOnce(database.url, 'TRUNCATE users')
  await queryOnce(database.url, 'INSERT INTO users SELECT generate_series(1, 1204)')
})

const rows = () =>
  queryOnce(database.url, 'SELECT count(*)::int AS n FROM users').then(
    ([row]) => row,
    (error: Error) => error.message,
  )

describe.runIf(hasTerminal)('in a terminal', () => {
  const ask = (answer: string, ...options: readonly string[]) =>
    runInTerminal(
      [
        process.execPath,
        join(project.folder, 'node_modules/limbeck/bin/limbeck.js'),
        ...['downgrade', 'base', ...options],
      ],
      { cwd: project.folder, env: { TEST_URL: database.url }, question: /Go on\?/, answer },
    )

  test('says which tables go, with how many rows, and asks', async () => {
    const { status, text } = await ask('y\n')
    expect(status).toBe(0)
    expect(text).toContain(
      `and drops\n  table drafts: no rows\n  table users: 1,204 rows\nGo on? [y/N]`,
    )
    expect(text).toContain('This undoes 1 revision of postgresql://')
    expect(await rows()).toMatch('"users" does not exist')
  })

  test.each([
    ['no', 'n\n'],
    ['nothing', '\n'],
    ['another word', 'yeah\n'],
    ['Ctrl-C', interrupt],
    ['the end of the input', endOfInput],
  ])('takes %s for no, and does nothing', async (_, answer) => {
    const { status, text } = await ask(answer)
    expect(status).toBe(1)
    expect(text).toMatch(/\nerror ABORTED: downgrade base was not confirmed: nothing was done/)
    expect(await rows()).toEqual({ n: 1204 })
  })

  test.each([['--yes'], ['-y'], ['--json']])('does not ask with %s', async option => {
    const { status, text } = await ask('', option)
    expect(status).toBe(0)
    expect(text).not.toContain('Go on?')
    expect(text).toMatch(/WARN {2}downgrade base undoes .*table users \(1,204 rows\)/)
  })
})

test('without a terminal it runs, and says on stderr what goes', async () => {
  const { status, stdout, stderr } = await limbeck('downgrade', 'base')
  expect([status, stdout]).toEqual([0, ''])
  expect(stderr).toContain(
    'WARN  downgrade base undoes 1 revision and drops table drafts (no rows), table users (1,204 rows).\n',
  )
  expect(await rows()).toMatch('"users" does not exist')
})

test('it says so with --quiet too', async () => {
  const { stderr } = await limbeck('downgrade', 'base', '--quiet')
  expect(stderr).toMatch(/^WARN .*\n$/)
})
