import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { current } from '../../src/commands/current.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { connectEmbedded } from '../../src/dialects/postgresql/connect/embedded.ts'
import type { LimbeckError } from '../../src/errors.ts'
import { loadedAtOnce } from '../../src/runtime/recorded-step.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

// The first revision calls a sequence, which no rollback takes back: it tells how often the revision ran.
// The last script is only there when the sequence was called, so that the first steps do run ahead of it.

let database: TestDatabase
let project: TestProject

const gate = globalThis as { scriptMayLoad?: Promise<void> }

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('ahead')
  project = createProject(database.url)
  await query('CREATE SEQUENCE called')
})

afterEach(async () => {
  delete gate.scriptMayLoad
  project.remove()
  await database.drop()
})

const query = <T extends object>(sql: string) => queryOnce<T>(database.url, sql)

/** How often the first revision ran, also where that was taken back. */
async function runs(): Promise<number> {
  const [row] = await query<{ n: number }>(
    'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::integer AS n FROM called',
  )
  return row!.n
}

async function firstHasRun(): Promise<void> {
  while ((await runs()) === 0) await setTimeout(5)
}

const id = (number: number) => `r${String(number).padStart(3, '0')}`

const last = loadedAtOnce + 8

const call = `op.execute("SELECT nextval('called')")\n  `

/** More revisions than are loaded at once, each with a table of its number; some with other bodies. */
function write(bodies: Readonly<Record<number, string>> = {}, first = call): void {
  for (let number = 1; number <= last; number++) {
    const body = bodies[number] ?? `op.createTable('t${number}', { id: integer() })`
    const down = number === 1 ? null : id(number - 1)
    project.writeRevision({
      id: id(number),
      down,
      upgrade: `  ${number === 1 ? first : ''}${body}`,
    })
  }
}

/** Writes the last script anew: it waits for the first steps, and ends its loading like this. */
function waitInLast(ending = '', forWhat: Promise<void> = firstHasRun()): void {
  gate.scriptMayLoad = forWhat
  project.write(
    `migrations/versions/${id(last)}_test.ts`,
    `/** waits */
import { integer, type Op } from 'limbeck'
await (globalThis as { scriptMayLoad?: Promise<void> }).scriptMayLoad
${ending}
export const revision = '${id(last)}'
export const downRevision = '${id(last - 1)}'
export const branchLabels = null
export const dependsOn = null
export function upgrade(op: Op) {
  op.createTable('t${last}', { id: integer() })
}
export function downgrade(_op: Op) {}
`,
  )
}

const run = (options: object = {}) => upgrade({ ...project.input, revision: 'head', ...options })

const failure = (options: object = {}): Promise<LimbeckError> =>
  run(options).then(
    () => expect.unreachable('it should fail'),
    error => error,
  )

const heads = async () => (await current(project.input)).heads

async function tables(): Promise<string[]> {
  const rows = await query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
  )
  return rows.map(row => row.tablename)
}

const types = () =>
  project.events.map(({ type }) => type).filter(type => /^(plan|step|stepDone)$/.test(type))

describe('steps that run while later scripts are loaded', () => {
  test('are committed with the others, and told of in the plan order', async () => {
    write()
    waitInLast()
    await run()
    expect(await runs()).toBe(1)
    expect(await tables()).toHaveLength(last + 2)
    expect(await heads()).toEqual([id(last)])
    expect(types()).toEqual(Array.from({ length: last }, () => ['step', 'stepDone']).flat())
    const lines = await query<{ revision: string }>(
      'SELECT * FROM limbeck_ledger ORDER BY sequence',
    )
    expect(lines.map(line => line.revision)).toEqual(
      Array.from({ length: last }, (_, index) => id(index + 1)),
    )
  })

  test('leave nothing where a later script cannot be loaded, and are not told of', async () => {
    write()
    waitInLast(`throw new Error('not today')`)
    expect(await failure()).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: expect.stringContaining('not today'),
      facts: { line: 4 },
    })
    expect(await runs()).toBe(1)
    expect(await tables()).toEqual([])
    expect(types()).toEqual([])
  })

  test('are refused only when every script is loaded', async () => {
    write({ 3: `op.execute('SELECT 1/0')` })
    waitInLast(`throw new Error('not today')`)
    expect(await failure()).toMatchObject({ code: 'SCRIPT_LOAD_FAILED' })
    waitInLast()
    expect(await failure()).toMatchObject({
      code: 'STATEMENT_FAILED',
      facts: {
        ...{ revision: id(3), sqlstate: '22012', statement: 'SELECT 1/0', line: 14, column: 6 },
        ...{ stayed: [], rolledBack: [id(1), id(2), id(3)], uncertain: [], partly: false },
      },
    })
    expect(types()).toEqual(['step', 'stepDone', 'step', 'stepDone', 'step'])
    expect(await tables()).toEqual([])
  })

  test('are given up at once when a later script cannot be loaded', async () => {
    write({ 2: `op.execute('SELECT pg_sleep(60)')` })
    waitInLast(`throw new Error('not today')`)
    const started = Date.now()
    expect(await failure()).toMatchObject({ code: 'SCRIPT_LOAD_FAILED' })
    expect(Date.now() - started).toBeLessThan(30_000)
    expect(await tables()).toEqual([])
  })

  test('begin again where a later one needs a commit, which is told first', async () => {
    write({ [last - 1]: `op.createIndex('i', 't1', ['id'], { concurrently: true })` })
    waitInLast()
    await run()
    expect(await runs()).toBe(2)
    expect(types()[0]).toBe('plan')
    expect(types().filter(type => type === 'step')).toHaveLength(last)
    expect(await query('SELECT count(*)::integer AS n FROM limbeck_ledger WHERE step = 0')).toEqual(
      [{ n: last }],
    )
    expect(await heads()).toEqual([id(last)])
  })

  test('are in one transaction with code that comes later', async () => {
    const failing = `op.run(async ({ connection }) => { await connection.query('SELECT count(*) FROM t2'); throw new Error('no') })`
    write({ 4: failing })
    waitInLast()
    expect(await failure()).toMatchObject({
      code: 'RUN_FAILED',
      facts: { rolledBack: [1, 2, 3, 4].map(id) },
    })
    expect(await tables()).toEqual([])
    write({ 4: failing.replace(` throw new Error('no')`, '') })
    await run()
    expect(await heads()).toEqual([id(last)])
  })

  test('find a version row that was moved away', async () => {
    write({ 3: `op.execute('DELETE FROM alembic_version')` })
    waitInLast()
    expect(await failure()).toMatchObject({
      code: 'VERSION_ROW_MISSING',
      facts: { revisions: [id(2), id(3)] },
    })
    expect(await tables()).toEqual([])
  })
})

test('the ledger says how long each revision took, although many were sent at once', async () => {
  write({ 3: `op.execute('SELECT pg_sleep(0.2)')` })
  waitInLast()
  await run()
  const [slow, ...others] = await query<{ revision: string; took: number }>(
    `SELECT revision, extract(epoch FROM finished - started)::float AS took FROM limbeck_ledger ORDER BY 2 DESC`,
  )
  expect(slow).toMatchObject({ revision: id(3) })
  expect(slow!.took).toBeGreaterThanOrEqual(0.2)
  const sum = others.reduce((total, { took }) => total + took, 0)
  const [whole] = await query<{ took: number }>(
    'SELECT extract(epoch FROM max(finished) - min(started))::float AS took FROM limbeck_ledger',
  )
  expect(slow!.took + sum).toBeLessThanOrEqual(whole!.took + 0.1)
})

describe('nothing runs while later scripts are loaded', () => {
  /** The last script fails a moment later than the first could have run. */
  async function expectUntouched(options: object = {}): Promise<void> {
    waitInLast(`throw new Error('not today')`, setTimeout(600))
    expect(await failure(options)).toMatchObject({ code: 'SCRIPT_LOAD_FAILED' })
    expect(await runs()).toBe(0)
    expect(await tables()).toEqual([])
  }

  test('with --atomic, which judges the plan first', async () => {
    write()
    await expectUntouched({ atomic: true })
  })

  test('with a transaction for each revision', async () => {
    project.configure({ transactionPerMigration: true })
    write()
    await expectUntouched()
  })

  test.each([
    [
      'where somebody listens',
      '  context.configure({ onVersionApply() {} })\n  await context.runMigrations()',
    ],
    ['in a transaction of env.ts', '  await context.transaction(() => context.runMigrations())'],
  ])('%s', async (_, body) => {
    project.write(
      'migrations/env.ts',
      `import type { MigrationContext } from 'limbeck'\nexport async function runMigrationsOnline(context: MigrationContext) {\n${body}\n}\n`,
    )
    write()
    await expectUntouched()
  })

  test.each([
    ['code', 'op.run(async () => {})'],
    ['a statement outside of transactions', `op.execute('VACUUM')`],
    ['a new value of an enum', `op.addEnumValue('mood', 'fine')`],
    [
      'a statement that does nothing where its object is there',
      `op.createTable('t', { id: integer() }, { ifNotExists: true })`,
    ],
    [
      'several statements, of which one may commit',
      `op.execute("SELECT 1; /* so */ COMMIT; SELECT nextval('called')")`,
    ],
    ['a statement with parameters', `op.execute('SELECT $1::integer', { parameters: [1] })`],
  ])('from %s on', async (_, body) => {
    await query(`CREATE TYPE mood AS ENUM ('sad')`)
    write({ 1: `${body}` })
    await expectUntouched()
  })
})

test('a run that goes on where an earlier one has left it does so as ever', async () => {
  write({ 2: `op.execute('VACUUM')\n  op.execute('SELECT 1/0')` })
  expect(await failure()).toMatchObject({ facts: { revision: id(2), stayed: [id(1)] } })
  write({ 2: `op.execute('VACUUM')\n  op.execute('SELECT 1')` })
  waitInLast('', setTimeout(600))
  project.events.length = 0
  const before = await runs()
  await run()
  expect(project.events).toContainEqual({
    type: 'progress',
    message: `${id(2)} goes on where an earlier run has left it: 1 of its 2 steps are committed.`,
  })
  expect(await runs()).toBe(before)
  expect(await heads()).toEqual([id(last)])
})

test('a part that is committed and is another in the script now is told of as ever', async () => {
  write({ 2: `op.execute('VACUUM')\n  op.execute('SELECT 1/0')` })
  await failure()
  write({ 2: `op.execute('SELECT 1')` })
  waitInLast('', setTimeout(600))
  project.events.length = 0
  await run()
  expect(project.events).toContainEqual(
    expect.objectContaining({ type: 'warning', facts: { revision: id(2), items: 1 } }),
  )
  expect(await heads()).toEqual([id(last)])
})

test('in an embedded PostgreSQL a later script that cannot be loaded leaves nothing either', async () => {
  const directory = join(project.folder, 'database')
  project.configure({ url: undefined, embedded: { directory } })
  write({}, '')
  waitInLast(`throw new Error('not today')`, setTimeout(1500))
  expect(await failure()).toMatchObject({ code: 'SCRIPT_LOAD_FAILED' })
  const connection = await connectEmbedded({ directory })
  const { rows } = await connection.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)
  await connection.close()
  expect(rows).toEqual([])
  write({}, '')
  await run()
  expect(await heads()).toEqual([id(last)])
}, 60_000)
