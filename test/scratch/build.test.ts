import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection, Dialect } from '../../src/dialects/dialect.ts'
import { loadConnection } from '../../src/dialects/load-connection.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import type { Operation } from '../../src/operations/operation.ts'
import type { Table } from '../../src/schema/index.ts'
import { buildSource } from '../../src/scratch/build.ts'
import {
  missingRequirements,
  provideRequirements,
  requirementsOf,
} from '../../src/scratch/requirements.ts'
import type { SourceContent } from '../../src/sources/source.ts'
import { embeddedCache } from '../support/embedded-cache.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'

let dialect: Dialect
let database: TestDatabase
let connection: Connection

beforeAll(async () => {
  dialect = await loadDialect('postgresql')
  database = await (await postgresServer()).createDatabase('build')
  connection = await loadConnection('postgresql', { kind: 'url', url: database.url })
})

afterAll(async () => {
  await connection.close()
  await database.drop()
})

beforeEach(() => connection.query('BEGIN'))
afterEach(() => connection.query('ROLLBACK'))

async function relations(): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
     AND relkind IN ('r', 'v') ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

describe('statements of files', () => {
  const build = (...statements: (readonly [line: number, sql: string])[]) => {
    const ddl = statements.map(([line, sql]) => ({ file: 'schema.sql', line, sql }))
    return buildSource(connection, { ddl, expresses: 'all' }, dialect)
  }

  test('are run in their order', async () => {
    await build([1, 'CREATE TABLE a (n int)'], [2, 'ALTER TABLE a RENAME TO b'])
    expect(await relations()).toEqual(['b'])
  })

  test('that are refused are named with their file and the line of the fault', async () => {
    const sql = "CREATE VIEW v AS\n  SELECT 'ü😀' AS x,\n    m FROM a"
    await expect(build([3, 'CREATE TABLE a (n int)'], [7, sql])).rejects.toMatchObject({
      code: 'TARGET_BUILD_FAILED',
      message: 'The target cannot be built: schema.sql:9: column "m" does not exist.',
      facts: { file: 'schema.sql', line: 9, statement: sql, sqlstate: '42703' },
      hint: expect.stringContaining('has to stand before it'),
    })
  })

  test('that are refused without a position are named with the line they begin on', async () => {
    await expect(build([4, 'ALTER TABLE nowhere\nADD m int'])).rejects.toMatchObject({
      message: 'The target cannot be built: schema.sql:4: relation "nowhere" does not exist.',
    })
  })
})

const integers = (...names: string[]): Table['columns'] =>
  names.map(name => ({ name, type: 'integer', notNull: true }))

const createTable = (name: string, references?: string): Operation => ({
  kind: 'createTable',
  table: { kind: 'table', name, columns: integers('id', 'other_id') },
  constraints: [
    { kind: 'constraint', type: 'primaryKey', table: name, columns: ['id'] },
    ...(references === undefined
      ? []
      : [
          {
            kind: 'constraint' as const,
            type: 'foreignKey' as const,
            table: name,
            columns: ['other_id'],
            references: { table: references, columns: ['id'] },
          },
        ]),
  ],
})

const createView = (name: string, sql: string): Operation => ({
  kind: 'createView',
  object: { kind: 'view', name, definition: sql },
})

const extension = (name: string): Operation => ({
  kind: 'createExtension',
  object: { kind: 'extension', name },
})

describe('operations', () => {
  const build = (operations: readonly Operation[], options = {}) =>
    buildSource(connection, { operations, expresses: ['table'] }, dialect, options)

  test('are built whatever their order', async () => {
    const views = Array.from({ length: 60 }, (_, index) =>
      createView(`v${index}`, `SELECT id FROM ${index === 59 ? 'a' : `v${index + 1}`}`),
    )
    await build([...views, createTable('a')])
    expect(await relations()).toHaveLength(61)
  })

  test('are built though two tables refer to each other', async () => {
    await build([createTable('a', 'b'), createTable('b', 'a')])
    const { rows } = await connection.query(
      `SELECT conrelid::regclass::text || '>' || confrelid::regclass AS key, conname AS name
       FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
    )
    expect(rows).toEqual([
      { key: 'a>b', name: 'a_other_id_fkey' },
      { key: 'b>a', name: 'b_other_id_fkey' },
    ])
  })

  test('have their indexes built inside the transaction', async () => {
    await build([
      {
        kind: 'createIndex',
        index: {
          kind: 'index',
          table: 'a',
          name: 'a_id',
          elements: [{ column: 'id' }],
          concurrently: true,
        },
      },
      createTable('a'),
    ])
    expect((await connection.query(`SELECT 'a_id'::regclass::text AS name`)).rowCount).toBe(1)
  })

  test('that cannot be built are an error that names the one at fault', async () => {
    const wanting = createView('first', 'SELECT id FROM second')
    const wrong = createView('second', 'SELECT 1 +')
    await expect(build([wanting, createTable('a'), wrong])).rejects.toMatchObject({
      code: 'TARGET_BUILD_FAILED',
      message: expect.stringMatching(/^The target cannot be built: .*second.*: syntax error/),
      facts: { sqlstate: '42601' },
    })
  })

  test('that cannot be built are left out where they are optional', async () => {
    const wanting = createView('v', 'SELECT id FROM nowhere')
    expect(await build([wanting, createTable('a')], { isOptional: true })).toEqual([wanting])
    expect(await relations()).toEqual(['a'])
  })
})

describe('what a source requires', () => {
  const requires = {
    roles: ['no such role', 'postgres'],
    extensions: ['pgcrypto', 'nothing_like_it', 'plpgsql'],
  }
  const content: SourceContent = { ddl: [], expresses: 'all', requires }
  const provide = (server: Connection, ...contents: readonly SourceContent[]) =>
    provideRequirements(server, { target: requirementsOf(contents) })

  test('is compared with what the server has', async () => {
    expect(await missingRequirements(connection, requires)).toEqual({
      roles: ['no such role'],
      extensions: ['nothing_like_it'],
    })
  })

  test('is missed all at once, before anything is built', async () => {
    await expect(provide(connection, content)).rejects.toMatchObject({
      code: 'REQUIREMENTS_MISSING',
      message:
        'The target needs what the server of the scratch database does not have: role no such role; extension nothing_like_it.',
      facts: { roles: ['no such role'], extensions: ['nothing_like_it'] },
      hint: expect.stringContaining('CREATE ROLE "no such role";'),
    })
  })

  test('is found in operations too', async () => {
    const policy: Operation = {
      kind: 'createPolicy',
      object: { kind: 'policy', table: 'a', name: 'p', roles: ['nobody_here', 'public'] },
    }
    const operations = [createTable('a'), policy, extension('nothing_like_it')]
    await expect(provide(connection, { operations, expresses: ['table'] })).rejects.toMatchObject({
      facts: { roles: ['nobody_here'], extensions: ['nothing_like_it'] },
    })
  })

  test('is made, as far as roles go, in an embedded server', async () => {
    const embedded = await loadConnection(
      'postgresql',
      { kind: 'embedded' },
      { cacheDirectory: embeddedCache(), extensions: ['pgcrypto'] },
    )
    try {
      const roles = ['app', 'Reader']
      const statement = { file: 'a.sql', line: 1, sql: 'CREATE SCHEMA s AUTHORIZATION "Reader"' }
      const given: SourceContent = {
        ddl: [statement],
        requires: { roles, extensions: ['pgcrypto'] },
        expresses: 'all',
      }
      await provide(embedded, given)
      await buildSource(embedded, given, dialect)
      await expect(provide(embedded, content)).rejects.toMatchObject({
        facts: { roles: [], extensions: ['nothing_like_it'] },
        hint: expect.stringContaining('An embedded PostgreSQL'),
      })
    } finally {
      await embedded.close()
    }
  })
})
