import { afterEach, beforeEach, expect, test } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('applied')
  project = createProject(database.url)
  for (const [id, down] of [
    ['a1', null],
    ['b1', 'a1'],
    ['b2', 'a1'],
  ] as const)
    project.writeRevision({ id, down })
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** env.ts with these listeners; what they note is in the attributes. */
const writeEnvironment = (listeners: string) =>
  project.write(
    'migrations/env.ts',
    `import type { MigrationContext, OnVersionApply } from 'limbeck'
async function run(context: MigrationContext) {
  const seen = context.config.attributes.seen as unknown[]
  const note: OnVersionApply = async ({ context: given, step, heads, runArgs }) => {
    const { direction, revision, from, to } = step
    seen.push([direction, revision.id, from, to, heads, runArgs, given === context])
  }
  context.configure({ onVersionApply: ${listeners} })
  await context.runMigrations({ shard: 3 })
}
export { run as runMigrationsOnline, run as runMigrationsOffline }
`,
  )

/** What the listeners have noted while a command ran. */
async function seenBy(
  command: (input: typeof project.input) => Promise<unknown>,
): Promise<unknown[]> {
  const seen: unknown[] = []
  await command({ ...project.input, attributes: { seen } })
  return seen
}

const rest = [{ shard: 3 }, true]

test('a listener is told of every step: up, down, stamped and in a script', async () => {
  writeEnvironment('note')
  const up = [
    ['upgrade', 'a1', [], ['a1'], ['a1'], ...rest],
    ['upgrade', 'b2', ['a1'], ['b2'], ['b2'], ...rest],
    ['upgrade', 'b1', ['a1'], ['b1'], ['b2', 'b1'], ...rest],
  ]
  expect(await seenBy(input => upgrade({ ...input, revision: 'heads', sql: true }))).toEqual(up)
  expect(await seenBy(input => upgrade({ ...input, revision: 'heads' }))).toEqual(up)
  expect(await seenBy(input => downgrade({ ...input, revision: 'b1@a1' }))).toMatchObject([
    ['downgrade', 'b1', ['b1'], ['a1'], ['b2'], ...rest],
  ])
  expect(await seenBy(input => stamp({ ...input, revisions: ['heads'] }))).toMatchObject([
    ['stamp', 'b1', [], ['b1'], ['b2', 'b1'], ...rest],
  ])
  expect(await seenBy(input => stamp({ ...input, revisions: ['a1'], purge: true }))).toMatchObject([
    ['stamp', 'a1', [], ['a1'], ['a1'], ...rest],
  ])
})

test('several listeners are told one after the other, when the row is there and not committed', async () => {
  writeEnvironment(`[note, async function look({ context }) {
    const { rows } = await context.execute('SELECT version_num FROM alembic_version ORDER BY 1')
    seen.push(rows)
    await context.execute('CREATE TABLE IF NOT EXISTS noted (id integer)')
  }]`)
  project.writeRevision({ id: 'b1', down: 'a1', upgrade: `  op.execute('SELECT 1/0')` })
  const seen: unknown[] = []
  const run = upgrade({ ...project.input, revision: 'heads', attributes: { seen } })
  await expect(run).rejects.toMatchObject({ facts: { revision: 'b1' } })
  expect(seen).toEqual([
    ['upgrade', 'a1', [], ['a1'], ['a1'], ...rest],
    [{ version_num: 'a1' }],
    ['upgrade', 'b2', ['a1'], ['b2'], ['b2'], ...rest],
    [{ version_num: 'b2' }],
  ])
  expect(await queryOnce(database.url, `SELECT to_regclass('noted') AS noted`)).toEqual([
    { noted: null },
  ])
})

test.each([
  ['throws', `throw new Error('no network')`, 'no network'],
  ['is refused a statement', `await context.execute('SELECT 1/0')`, 'division by zero'],
  [
    'swallows a refusal',
    `await context.execute('SELECT 1/0').catch(() => {})`,
    'the database refused a statement of its code',
  ],
  ['commits', `await context.execute('COMMIT')`, 'its code ended the transaction'],
])('a listener that %s fails the step, by its name', async (_, body, reason) => {
  writeEnvironment(`async function announce({ context }) { ${body} }`)
  const run = seenBy(input => upgrade({ ...input, revision: 'a1' }))
  await expect(run).rejects.toMatchObject({
    message: expect.stringMatching(`^Upgrade of a1 failed: onVersionApply announce: ${reason}`),
    facts: { revision: 'a1' },
  })
  expect(await queryOnce(database.url, `SELECT to_regclass('alembic_version') AS made`)).toEqual([
    { made: reason.startsWith('its code') ? 'alembic_version' : null },
  ])
})

test('a listener without a name of its own is called after its option', async () => {
  writeEnvironment(`() => { throw new Error('no network') }`)
  const run = seenBy(input => upgrade({ ...input, revision: 'a1' }))
  await expect(run).rejects.toMatchObject({
    message: expect.stringMatching('^Upgrade of a1 failed: onVersionApply: no network'),
  })
})

test('a listener that throws fails a script, too', async () => {
  writeEnvironment(`async function announce() { throw new Error('no network') }`)
  const run = seenBy(input => upgrade({ ...input, revision: 'a1', sql: true }))
  await expect(run).rejects.toMatchObject({
    code: 'RUN_FAILED',
    message: 'The upgrade of a1 failed: onVersionApply announce: no network',
  })
})
