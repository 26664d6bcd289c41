import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { check } from '../../src/commands/check.ts'
import { current } from '../../src/commands/current.ts'
import { downgrade } from '../../src/commands/downgrade.ts'
import type { MoveInput } from '../../src/commands/inputs.ts'
import { merge } from '../../src/commands/merge.ts'
import { stamp } from '../../src/commands/stamp.ts'
import { upgrade } from '../../src/commands/upgrade.ts'
import { createProject, type TestProject } from '../support/project.ts'
import { postgresServer, queryOnce, type TestDatabase } from '../support/servers.ts'

let database: TestDatabase
let project: TestProject

beforeEach(async () => {
  database = await (await postgresServer()).createDatabase('context')
  project = createProject(database.url)
  project.writeRevision({ id: 'a1', upgrade: `  op.createTable('one', { id: integer() })` })
  project.writeRevision({
    id: 'b1',
    down: 'a1',
    upgrade: `  op.createTable('two', { id: integer() })`,
  })
})

afterEach(async () => {
  project.remove()
  await database.drop()
})

/** env.ts with this body for both modes; `seen` is what the test looks at afterwards. */
const writeEnvironment = (body: string) =>
  project.write(
    'migrations/env.ts',
    `import { sql, type MigrationContext } from 'limbeck'
async function run(context: MigrationContext) {
  const seen = context.config.attributes
${body}
}
export { run as runMigrationsOnline, run as runMigrationsOffline }
`,
  )

/** Upgrades, and gives what env.ts has put into \`attributes\`. */
async function seenBy(input: Partial<MoveInput> = {}, attributes: Record<string, unknown> = {}) {
  await upgrade({ ...project.input, revision: 'head', attributes, ...input })
  return attributes
}

const tables = async () => {
  const rows = await queryOnce<{ tablename: string }>(
    database.url,
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  return rows.map(row => row.tablename)
}

const sqlOf = async (revision = 'head') =>
  (await upgrade({ ...project.input, revision, sql: true })).sql!

describe('what a command was given', () => {
  test('is there for env.ts', async () => {
    writeEnvironment(`  seen.x = context.getXArgument()
  seen.list = context.getXArguments()
  seen.tag = context.getTagArgument()
  seen.offline = context.isOfflineMode()
  seen.transactional = await context.isTransactionalDdl()
  seen.heads = [await context.getHeadRevision(), await context.getHeadRevisions()]
  seen.destination = await context.getRevisionArgument()
  await context.runMigrations()`)
    expect(await seenBy({ x: ['tenant=acme', 'dry', 'a=b=c'], tag: 'release 7' })).toEqual({
      x: { tenant: 'acme', dry: '', a: 'b=c' },
      list: ['tenant=acme', 'dry', 'a=b=c'],
      tag: 'release 7',
      offline: false,
      transactional: true,
      heads: ['b1', ['b1']],
      destination: ['b1'],
    })
  })

  test('is as true with --sql, where the start is known', async () => {
    writeEnvironment(`  seen.offline = context.isOfflineMode()
  seen.way = [await context.getStartingRevisionArgument(), await context.getRevisionArgument()]
  await context.runMigrations()`)
    expect(await seenBy({ sql: true, revision: 'a1:head' })).toMatchObject({
      offline: true,
      way: [['a1'], ['b1']],
    })
    const attributes: Record<string, unknown> = {}
    await downgrade({ ...project.input, revision: 'head:base', sql: true, attributes })
    expect(attributes.way).toEqual([['b1'], []])
    await stamp({ ...project.input, revisions: ['a1', 'b1'].slice(1), sql: true, attributes })
    expect(attributes.way).toEqual([[], ['b1']])
  })

  test.each([
    ['+1', `upgrade`, /^Which revision \+1 means depends on where the database is/],
    ['', `current`, /^This command has no destination/],
  ])('is an error where it is not there: %s %s', async (revision, command, message) => {
    writeEnvironment('  await context.getRevisionArgument()\n  await context.runMigrations()')
    const run = {
      upgrade: () => upgrade({ ...project.input, revision }),
      current: () => current(project.input),
    }
    await expect(run[command as keyof typeof run]()).rejects.toMatchObject({
      code: 'CONTEXT_UNAVAILABLE',
      message: expect.stringMatching(message),
    })
  })
})

describe('runMigrations', () => {
  test('hands its arguments, and what else a script may ask, to every script', async () => {
    project.write(
      'migrations/versions/a1_test.ts',
      `import { type Op, type ScriptContext } from 'limbeck'
export const revision = 'a1'
export const downRevision = null
export function upgrade(op: Op, context: ScriptContext) {
  op.execute(\`COMMENT ON SCHEMA public IS '\${JSON.stringify({ ...context, config: context.config.getMainOption('team') })}'\`)
}
export function downgrade(op: Op) {}
`,
    )
    project.configure({ options: { team: 'billing' } })
    writeEnvironment(`  await context.runMigrations({ engine: 'first' })`)
    await upgrade({ ...project.input, revision: 'a1', x: ['data=true'], tag: 't' })
    const [row] = await queryOnce<{ comment: string }>(
      database.url,
      `SELECT obj_description('public'::regnamespace) AS comment`,
    )
    expect(JSON.parse(row!.comment)).toEqual({
      args: { engine: 'first' },
      isOffline: false,
      dialect: 'postgresql',
      xArguments: { data: 'true' },
      tag: 't',
      config: 'billing',
      namingConvention: {},
    })
  })
})

test('scripts are told of their context also where they are compared or merged', async () => {
  const body = `  if (context.xArguments.data === 'true') throw new Error('only without data')
  op.execute('SELECT ' + context.args.n)`
  const path = project.writeRevision({ id: 'c1', down: 'a1', upgrade: body })
  writeFileSync(path, readFileSync(path, 'utf8').replace('(op: Op)', '(op: Op, context: any)'))
  project.write(
    'migrations/env.ts',
    `import { integer, schema, table, type MigrationContext } from 'limbeck'
export const target = [table('one', { id: integer() }), table('two', { id: integer() })]
export const runMigrationsOnline = (context: MigrationContext) => context.runMigrations({ n: 1 })
`,
  )
  await queryOnce(database.url, 'CREATE SCHEMA other')
  await upgrade({ ...project.input, revision: 'heads' })
  expect((await check(project.input)).pending).toEqual([])
  const merged = await merge({ ...project.input, revisions: ['heads'] })
  expect(merged.proof).toEqual(['proved: b1 and c1 give the same schema in both orders'])
})

describe('execute', () => {
  test('runs on the connection, with parameters and a result', async () => {
    writeEnvironment(`  await context.execute('CREATE SCHEMA tenant')
  await context.execute(sql\`SET search_path TO tenant\`)
  const { rows } = await context.execute<{ n: number }>('SELECT $1::int + 1 AS n', [41])
  seen.n = rows[0]!.n
  await context.runMigrations()`)
    expect((await seenBy()).n).toBe(42)
    expect(await tables()).toEqual([])
    expect(
      await queryOnce(
        database.url,
        `SELECT tablename::text FROM pg_tables WHERE schemaname = 'tenant' ORDER BY 1`,
      ),
    ).toEqual(['alembic_version', 'limbeck_ledger', 'one', 'two'].map(tablename => ({ tablename })))
  })

  test('with --sql writes its statement where it is called', async () => {
    project.configure({ offlineGuards: false })
    writeEnvironment(`  context.staticOutput('-- by hand\\n')
  await context.execute('SET search_path TO $1 -- quoted', ["it's"])
  await context.runMigrations()
  await context.execute(sql\`ANALYZE\`)`)
    const script = await sqlOf()
    expect(script).toMatch(
      /^-- by hand\nSET search_path TO 'it''s' -- quoted\n;\n\nBEGIN;\n\nCREATE TABLE/,
    )
    expect(script).toMatch(/COMMIT;\n\nANALYZE;\n\n$/)
  })

  test('that is refused is told with its place in env.ts', async () => {
    writeEnvironment(
      `  await context.execute('SELECT * FROM nowhere')\n  await context.runMigrations()`,
    )
    await expect(seenBy()).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      message: expect.stringContaining('relation "nowhere" does not exist'),
      facts: { path: `${project.folder}/migrations/env.ts`, line: 4 },
    })
  })
})

describe('transaction', () => {
  const block = (after: string) => `  await context.transaction(async () => {
    await context.execute('CREATE TABLE mine (id integer)')
    await context.runMigrations()
    ${after}
  })`

  test('commits runs and own statements together', async () => {
    writeEnvironment(
      block(`seen.inside = (await context.execute('SELECT * FROM alembic_version')).rows
    await context.execute('INSERT INTO mine VALUES (1)')`),
    )
    expect((await seenBy()).inside).toEqual([{ version_num: 'b1' }])
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'mine', 'one', 'two'])
  })

  test('takes all of it back when it throws', async () => {
    writeEnvironment(block(`throw new Error('not like this')`))
    await expect(seenBy()).rejects.toMatchObject({
      code: 'ENVIRONMENT_FAILED',
      facts: { reason: 'not like this' },
    })
    expect(await tables()).toEqual([])
  })

  test.each([
    ['a run', `  op.execute('SELECT 1/0')`, ''],
    ['the code of a run', `  op.run(() => { throw new Error('no') })`, ''],
    ['a statement', '', `await context.execute('SELECT 1/0').catch(() => {})`],
  ])('takes all of it back when %s fails and nobody minds', async (_, upgrade, after) => {
    project.writeRevision({ id: 'b1', down: 'a1', upgrade })
    writeEnvironment(block(after).replace('runMigrations()', 'runMigrations().catch(() => {})'))
    await expect(seenBy()).rejects.toThrow(/division by zero|: no|caught the error and went on/)
    expect(await tables()).toEqual([])
  })

  test('that its own code ends is an error', async () => {
    writeEnvironment(block(`await context.execute('COMMIT')`))
    await expect(seenBy()).rejects.toThrow('its code ended the transaction')
  })

  test('is committed midway where a revision demands it, and goes on', async () => {
    project.writeRevision({
      id: 'b1',
      down: 'a1',
      upgrade: `  op.createIndex('ix', 'one', ['id'], { concurrently: true })`,
    })
    writeEnvironment(block(`await context.execute('INSERT INTO mine VALUES (1)')`))
    await seenBy()
    expect(
      await queryOnce(database.url, 'SELECT id, version_num FROM mine, alembic_version'),
    ).toEqual([{ id: 1, version_num: 'b1' }])
  })

  test('is one with --sql too', async () => {
    project.configure({ offlineGuards: false })
    writeEnvironment(block(`await context.execute('INSERT INTO mine VALUES (1)')`))
    const script = await sqlOf()
    expect(script.match(/BEGIN;|COMMIT;/g)).toEqual(['BEGIN;', 'COMMIT;'])
    expect(script).toMatch(/^BEGIN;\n\nCREATE TABLE mine/)
    expect(script).toMatch(/INSERT INTO mine VALUES \(1\);\n\nCOMMIT;\n\n$/)
    await queryOnce(database.url, script)
    expect(await tables()).toEqual(['alembic_version', 'limbeck_ledger', 'mine', 'one', 'two'])
  })
})

describe('configure', () => {
  test('names the version table, its schema and whether it has a key', async () => {
    await queryOnce(database.url, 'CREATE SCHEMA meta')
    writeEnvironment(`  context.configure({ versionTable: 'moves', versionTableSchema: 'meta', versionTablePk: false })
  await context.runMigrations()`)
    await seenBy()
    expect(await queryOnce(database.url, 'SELECT * FROM meta.moves')).toEqual([
      { version_num: 'b1' },
    ])
    expect(
      await queryOnce(
        database.url,
        `SELECT conname FROM pg_constraint WHERE conrelid = 'meta.moves'::regclass`,
      ),
    ).toEqual([])
    expect(await tables()).toEqual(['one', 'two'])
  })

  test('forgets what an earlier call has said', async () => {
    writeEnvironment(`  context.configure({ versionTable: 'moves', tag: 'first' })
  context.configure({})
  seen.tag = context.getTagArgument()
  await context.runMigrations()`)
    expect((await seenBy()).tag).toBeUndefined()
    expect(await tables()).toContain('alembic_version')
  })

  test('sends the SQL of --sql where it likes, each piece as it comes', async () => {
    project.configure({ offlineGuards: false })
    writeEnvironment(`  const pieces: string[] = []
  context.configure({ outputBuffer: { write: text => pieces.push(text) } })
  await context.runMigrations()
  context.configure({ outputBuffer: text => pieces.push(text) })
  await context.execute('ANALYZE')
  seen.script = pieces.join('')`)
    const attributes: Record<string, unknown> = {}
    const { sql } = await upgrade({ ...project.input, revision: 'head', sql: true, attributes })
    expect(sql).toBe('')
    expect(attributes.script).toMatch(/^BEGIN;\n\nCREATE TABLE[\s\S]*COMMIT;\n\nANALYZE;\n\n$/)
  })

  test('says where a script of --sql starts, over the range', async () => {
    writeEnvironment(`  context.configure({ startingRev: 'a1' })
  seen.start = await context.getStartingRevisionArgument()
  await context.runMigrations()`)
    const attributes: Record<string, unknown> = {}
    const result = await upgrade({
      ...project.input,
      revision: 'base:head',
      sql: true,
      attributes,
    })
    expect(attributes.start).toEqual(['a1'])
    expect(result.headsBefore).toEqual(['a1'])
    expect(result.steps.map(step => step.revision)).toEqual(['b1'])
  })

  test.each([
    ['transactionPerMigration', ['BEGIN;', 'COMMIT;', 'BEGIN;', 'COMMIT;']],
    ['transactionalDdl', null],
  ])('decides on transactions: %s', async (option, expected) => {
    writeEnvironment(`  context.configure({ ${option}: ${expected !== null} })
  await context.runMigrations()`)
    expect((await sqlOf()).match(/BEGIN;|COMMIT;/g)).toEqual(expected)
  })

  test('without transactional DDL commits each revision', async () => {
    project.writeRevision({ id: 'b1', down: 'a1', upgrade: `  op.execute('SELECT 1/0')` })
    writeEnvironment(`  context.configure({ transactionalDdl: false })
  await context.transaction(() => context.runMigrations())`)
    await expect(seenBy()).rejects.toMatchObject({ facts: { stayed: ['a1'], rolledBack: ['b1'] } })
    expect((await current(project.input)).heads).toEqual(['a1'])
  })

  test('takes the kind of database from its URL', async () => {
    project.remove()
    project = createProject('postgresql://nowhere.invalid/x')
    project.writeRevision({ id: 'a1', upgrade: `  op.execute('SELECT 1')` })
    writeEnvironment(`  context.configure({ url: 'mysql://nowhere.invalid/x' })
  await context.runMigrations()`)
    const script = await sqlOf()
    expect(script).not.toContain('BEGIN;')
    expect(project.events.find(event => event.type === 'context')).toMatchObject({
      dialect: 'mysql',
      transactionalDdl: false,
    })
  })

  test.each([
    ['{ compareTyp: true }', '', 'compareTyp is no option. Did you mean compareType?'],
    ['{ version_table: "x" }', '', 'version_table is no option. Here it is called versionTable.'],
    ['{ target_metadata: {} }', '', 'target_metadata is no option. Here it is called target.'],
    [
      '{ renderAsBatch: true }',
      '',
      'renderAsBatch is no option. A table is rebuilt where its database needs that; scripts do not say so.',
    ],
    ['{ versionTable: 5 }', '', 'versionTable: expected string, got 5.'],
    [
      '{ dialect: "postgres" }',
      '',
      "dialect: expected 'postgresql' | 'sqlite' | 'mysql', got a string.",
    ],
    ['{ literalBinds: true }', '', 'literalBinds only means something with --sql.'],
    ['{ startingRev: "a1" }', '', 'startingRev only means something with --sql.'],
    ['{ connection: {} }', 'sql', 'connection is not used with --sql.'],
    ['{ literalBinds: false }', 'sql', 'literalBinds: expected true, got false.'],
  ])('refuses %s %s', async (options, mode, complaint) => {
    writeEnvironment(`  context.configure(${options} as never)\n  await context.runMigrations()`)
    await expect(seenBy({ sql: mode === 'sql' })).rejects.toMatchObject({
      code: 'CONFIGURE_INVALID',
      message: expect.stringMatching(/^\/.*env\.ts:\d+:\d+: context\.configure: /),
      facts: { complaints: [complaint], line: expect.any(Number) },
    })
  })
})

test('staticOutput without a script is an error', async () => {
  writeEnvironment(`  context.staticOutput('--')`)
  await expect(seenBy()).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' })
})
