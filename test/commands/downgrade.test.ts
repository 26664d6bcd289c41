import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { downgrade } from '../../src/commands/downgrade.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('downgrade')
  project = createProject(database.url)
  project.writeRevision({
    id: 'a',
    upgrade: `  op.createTable('one', { id: integer(), nick: text() })`,
    downgrade: `  op.dropTable('one')`,
  })
  project.writeRevision({
    id: 'b',
    down: 'a',
    upgrade: `  op.createTable('two', { id: integer() }, { schema: 'public' })\n  op.addColumn('one', { late: text() })`,
    downgrade: `  op.dropColumn('one', 'late')\n  op.dropTable('two', { schema: 'public' })`,
  })
  await upgrade({ ...project.input, revision: 'head' })
})
afterEach(async () => {
  project.remove()
  await database.drop()
})

const run = (sql: string) => queryOnce(database.url, sql)
const go = (revision: string, rest: object = {}) =>
  downgrade({ ...project.input, revision, ...rest })
const warnings = () => project.events.filter(event => event.type === 'warning')

test('hands over what goes before anything runs, and runs when that is confirmed', async () => {
  await run(`INSERT INTO one SELECT n, 'x', NULL FROM generate_series(1, 3) AS n`)
  const confirm = vi.fn(async () => {
    expect(await run('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'b' }])
    return true
  })
  expect((await go('base', { confirm })).headsAfter).toEqual([])
  expect(confirm).toHaveBeenCalledWith({
    database: expect.stringContaining(database.name),
    revisions: 2,
    tables: [
      { name: 'two', rows: 0 },
      { name: 'one', rows: 3 },
    ],
    columns: [],
    unknown: [],
  })
  expect(warnings()).toEqual([])
})

test('does nothing when it is not confirmed', async () => {
  await expect(go('base', { confirm: async () => false })).rejects.toMatchObject({
    code: 'ABORTED',
    message: expect.stringContaining('nothing was done'),
    exitStatus: 1,
  })
  expect(await run('SELECT version_num FROM alembic_version')).toEqual([{ version_num: 'b' }])
})

test('asks nothing about what cannot be one transaction', async () => {
  project.writeRevision({
    id: 'c',
    down: 'b',
    upgrade: '',
    downgrade: `  op.execute('VACUUM one')`,
  })
  await upgrade({ ...project.input, revision: 'head' })
  const confirm = vi.fn(async () => true)
  await expect(go('base', { confirm, atomic: true })).rejects.toMatchObject({
    code: 'ATOMIC_IMPOSSIBLE',
  })
  expect(confirm).not.toHaveBeenCalled()
})

test('asks only for base, and only where there is something to undo', async () => {
  const confirm = vi.fn(async () => true)
  await go('-1', { confirm })
  await go('a', { confirm })
  await go('base+1', { confirm })
  expect(confirm).not.toHaveBeenCalled()
  await go('base', { confirm })
  await go('base', { confirm })
  expect(confirm).toHaveBeenCalledTimes(1)
})

test('warns of tables with rows and columns with values, and of nothing else', async () => {
  await run(`INSERT INTO one VALUES (1, 'x', 'late'), (2, 'y', NULL)`)
  await go('-1')
  expect(warnings()).toEqual([
    {
      type: 'warning',
      message: 'This drops column one.late (1 value).',
      facts: {
        loss: expect.objectContaining({
          tables: [{ name: 'two', rows: 0 }],
          columns: [{ name: 'one.late', rows: 1 }],
        }),
      },
    },
  ])
})

test('says without a question what goes with base', async () => {
  await go('base')
  expect(warnings()).toEqual([])
  expect(project.events).toContainEqual({
    type: 'progress',
    message:
      'downgrade base undoes 2 revisions and drops table two (no rows), table one (no rows).',
  })
})

test('says whose own SQL and code it cannot look into, and of tables that may not be read', async () => {
  project.writeRevision({
    id: 'c',
    down: 'b',
    upgrade: `  op.execute('SELECT 1')`,
    downgrade: `  op.execute('DELETE FROM one')`,
  })
  await upgrade({ ...project.input, revision: 'head' })
  const confirm = vi.fn(async () => true)
  await go('base', { confirm })
  expect(confirm).toHaveBeenCalledWith(expect.objectContaining({ unknown: ['c'] }))
})

test('names twenty tables, and how many more there are', async () => {
  const tables = Array.from({ length: 23 }, (_, n) => `t${String(n).padStart(2, '0')}`)
  const each = (line: (name: string) => string) => tables.map(line).join('\n')
  project.writeRevision({
    id: 'c',
    down: 'b',
    upgrade: each(name => `  op.createTable('${name}', { id: integer() })`),
    downgrade: each(name => `  op.dropTable('${name}')`),
  })
  await upgrade({ ...project.input, revision: 'head' })
  await run(tables.map(name => `INSERT INTO ${name} VALUES (1)`).join(';'))
  await go('-1')
  const [warning] = warnings()
  expect(warning!.message).toMatch(
    /^This drops table t00 \(1 row\), .*table t19 \(1 row\), 3 more\.$/,
  )
})
