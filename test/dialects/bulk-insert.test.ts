import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyColumn } from '../../src/declarations/columns.ts'
import type { DialectName } from '../../src/dialects/dialect.ts'
import { loadDialect } from '../../src/dialects/load-dialect.ts'
import {
  bigint,
  date,
  json,
  jsonb,
  type LimbeckError,
  numeric,
  type Op,
  sql,
  text,
  time,
  timestamp,
  timestamptz,
  type,
  uuid,
} from '../../src/index.ts'
import { bindLiterals } from '../../src/operations/bind-literals.ts'
import { record } from '../../src/operations/op.ts'
import { notRun } from '../support/each-server.ts'
import { type MariadbProcess, missingMariadb, startMariadb } from '../support/mariadb.ts'
import { postgresServer, type TestDatabase } from '../support/servers.ts'
import { createSqliteDatabase, missingSqlite3 } from '../support/sqlite3.ts'

async function compiled(dialect: DialectName, script: (op: Op) => void): Promise<string[]> {
  const { compile } = await loadDialect(dialect)
  return record(script).flatMap(operation => compile(operation as never).map(({ sql }) => sql))
}

async function refusal(dialect: DialectName, script: (op: Op) => void): Promise<string> {
  const error = await compiled(dialect, script).catch((error: LimbeckError) => error)
  expect(error).toMatchObject({ code: 'VALUE_UNSUPPORTED' })
  return (error as LimbeckError).message
}

/** Texts that end a literal, a statement or a script where somebody is careless. */
const awkward = [
  `'); DROP TABLE cells; --`,
  `\\'); DROP TABLE cells; --`,
  `$1 :x ? % $$ \${a} {{b}}`,
  'back\\slash \\n \\0',
  'tab\t line\n carriage\r\n end',
  '/* comment */ -- and -- more',
  'ünïcödé ✓ 🜁 "quoted" `ticked`',
  '',
  ' ',
]
const hex = (text: string) => Buffer.from(text).toString('hex')

const insertAwkward = (op: Op) =>
  op.bulkInsert(
    'cells',
    awkward.map((value, id) => ({ id, value })),
  )

describe('INSERT', () => {
  test('takes rows together that give the same columns, and leaves defaults to the others', async () => {
    const rows = [{ id: 1, b: 'x' }, { b: 'y', id: 2 }, { id: 3 }, {}, {}, { id: 4, b: null }]
    const columns = { b: text(), id: type('integer') }
    const script = (op: Op) => op.bulkInsert('t', rows, { schema: 'app', columns })
    const inserts = [
      `INSERT INTO app.t (b, id) VALUES\n  ('x', 1),\n  ('y', 2)`,
      'INSERT INTO app.t (id) VALUES (3)',
    ]
    const last = 'INSERT INTO app.t (b, id) VALUES (NULL, 4)'
    const empty = 'INSERT INTO app.t DEFAULT VALUES'
    expect(await compiled('postgresql', script)).toEqual([...inserts, empty, empty, last])
    expect(await compiled('sqlite', script)).toEqual([...inserts, empty, empty, last])
    const emptyInMysql = 'INSERT INTO app.t () VALUES ()'
    expect(await compiled('mysql', script)).toEqual([
      ...[...inserts, emptyInMysql, emptyInMysql, last],
    ])
  })

  test('is more than one statement where the rows are many, or long', async () => {
    const sizes = (rows: readonly object[]) =>
      compiled('postgresql', op => op.bulkInsert('t', rows as never)).then(statements =>
        statements.map(statement => statement.split('\n').length - 1 || 1),
      )
    expect(await sizes(Array.from({ length: 450 }, (_, id) => ({ id })))).toEqual([200, 200, 50])
    const long = 'x'.repeat(20_000)
    expect(await sizes([long, long, long, 'short'].map(text => ({ text })))).toEqual([2, 2])
    expect(await sizes([{ text: long.repeat(4) }, { text: 'short' }])).toEqual([1, 1])
    expect(await sizes([])).toEqual([])
  })

  test('overrides an identity that is ALWAYS, where a row gives it', async () => {
    const columns = { id: bigint().identity({ always: true }), a: text() }
    const script = (op: Op) => op.bulkInsert('t', [{ id: 1 }, { a: 'x' }], { columns })
    expect(await compiled('postgresql', script)).toEqual([
      'INSERT INTO t (id) OVERRIDING SYSTEM VALUE VALUES (1)',
      `INSERT INTO t (a) VALUES ('x')`,
    ])
  })

  test('spells values by the types of their columns', async () => {
    const moment = new Date('2024-02-03T04:05:06.700Z')
    const columns = {
      n: numeric(),
      d: date(),
      t: time(),
      at: timestamp(),
      j: json(),
      u: uuid(),
      s: text(),
    }
    const n = '12345678901234567890.10'
    const row = { n, d: moment, t: moment, at: moment, j: 'a', u: 'x', s: n }
    const value = `${n}, '2024-02-03', '04:05:06.700', '2024-02-03 04:05:06.700', '"a"', 'x', '${n}'`
    for (const dialect of ['postgresql', 'sqlite', 'mysql'] as const)
      expect(await compiled(dialect, op => op.bulkInsert('t', [row], { columns }))).toEqual([
        `INSERT INTO t (n, d, t, at, j, u, s) VALUES (${value})`,
      ])
  })

  test('takes SQL as it is, and the word DEFAULT', async () => {
    const rows = [{ a: sql`now() -- today`, b: sql`DEFAULT` }]
    expect(await compiled('postgresql', op => op.bulkInsert('t', rows))).toEqual([
      'INSERT INTO t (a, b) VALUES ((now() -- today\n), DEFAULT)',
    ])
  })

  test('refuses what a column cannot hold', async () => {
    const insert =
      (value: unknown, column: AnyColumn = text()) =>
      (op: Op) =>
        op.bulkInsert('t', [{ a: value }], { columns: { a: column } })
    expect(await refusal('postgresql', insert(['a']))).toContain(
      'A list for a column of the type text',
    )
    expect(await refusal('postgresql', insert({ a: 1 }))).toContain('An object for a column')
    expect(await refusal('mysql', insert(['a'], text().array()))).toContain('A list')
    expect(await refusal('sqlite', insert([1n], json()))).toContain('that JSON cannot hold')
    expect(await refusal('postgresql', insert([sql`1`], text().array()))).toContain('SQL inside')
    expect(await refusal('postgresql', insert(new Date(Number.NaN), date()))).toContain('invalid')
  })
})

describe('DELETE', () => {
  test('names rows by their keys, the last ones first', async () => {
    const rows = [
      { id: 1, b: "it's" },
      { id: 2, b: null },
    ]
    const one = (op: Op) => op.bulkDelete('t', rows, { key: 'id' })
    for (const dialect of ['postgresql', 'sqlite', 'mysql'] as const)
      expect(await compiled(dialect, one)).toEqual(['DELETE FROM t WHERE id IN (2, 1)'])
    const two = (op: Op) => op.bulkDelete('t', [{ a: 1, b: 'x' }], { key: ['a', 'b'] })
    const tuples = [`DELETE FROM t WHERE (a, b) IN ((1, 'x'))`]
    expect(await compiled('postgresql', two)).toEqual(tuples)
    expect(await compiled('mysql', two)).toEqual(tuples)
    expect(await compiled('sqlite', two)).toEqual([
      `DELETE FROM t WHERE (a, b) IN (VALUES (1, 'x'))`,
    ])
  })
})

describe('on PostgreSQL', () => {
  let database: TestDatabase
  let client: Client
  beforeAll(async () => {
    database = await (await postgresServer()).createDatabase('bulk_insert')
    client = new Client({ connectionString: database.url })
    await client.connect()
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  async function applied(table: string, script: (op: Op) => void): Promise<unknown[]> {
    await client.query(`CREATE TEMP TABLE ${table}`)
    for (const statement of await compiled('postgresql', script)) await client.query(statement)
    const { rows } = await client.query(`SELECT * FROM cells`)
    await client.query('DROP TABLE cells')
    return rows
  }

  test('every text is what it was', async () => {
    const found = await applied('cells (id integer, value text)', insertAwkward)
    expect(found).toEqual(awkward.map((value, id) => ({ id, value })))
  })

  test('every value of a type is what it was', async () => {
    const bytes = Buffer.from([0, 255, 39, 92])
    const moment = new Date('2024-02-03T04:05:06.789Z')
    const row = {
      tags: ['a "b"', 'c\\d', "e'f", 'g,h', '', null, 'NULL', '{}'],
      grid: [
        [1, null],
        [3, 4],
      ],
      docs: [{ a: [1] }, ['b'], 'c', null],
      doc: { a: "it's", b: ['\\', '"'] },
      word: 'plain',
      bytes,
      at: moment,
      big: 9007199254740993n,
      flag: false,
      amount: '0.10',
    }
    const columns = {
      tags: text().array(),
      grid: type('integer[][]'),
      docs: jsonb().array(),
      doc: jsonb(),
      word: json(),
      bytes: type('bytea'),
      at: timestamptz(),
      big: bigint(),
      flag: type('boolean'),
      amount: numeric(),
    }
    const [found] = await applied(
      `cells (tags text[], grid integer[][], docs jsonb[], doc jsonb, word json, bytes bytea,
        at timestamptz, big bigint, flag boolean, amount numeric)`,
      op => op.bulkInsert('cells', [row], { columns }),
    )
    expect(found).toEqual({ ...row, big: '9007199254740993' })
  })

  test('values of unknown types go where they fit', async () => {
    const row = { doc: { a: 1 }, day: '2024-02-03', label: 'ok', n: 1.5, nothing: null }
    const [found] = await applied(
      'cells (doc jsonb, day text, label varchar(9), n float8, nothing integer)',
      op => op.bulkInsert('cells', [row]),
    )
    expect(found).toEqual(row)
  })

  test('rows that were inserted are deleted by keys of several columns', async () => {
    const rows = [
      { a: 1, b: "it's" },
      { a: 2, b: 'x' },
    ]
    const found = await applied('cells (a integer, b text)', op => {
      op.bulkInsert('cells', [...rows, { a: 1, b: 'stays' }])
      op.bulkDelete('cells', rows, { key: ['a', 'b'] })
    })
    expect(found).toEqual([{ a: 1, b: 'stays' }])
  })
})

describe.skipIf(missingSqlite3())('in the shell of SQLite', () => {
  test('every text is what it was, and rows go by their keys', async () => {
    const database = createSqliteDatabase()
    const statements = await compiled('sqlite', op => {
      insertAwkward(op)
      op.bulkDelete('cells', [{ id: 0, value: awkward[0] }], { key: ['id', 'value'] })
    })
    const script = [
      'CREATE TABLE cells (id integer, value text);',
      ...statements.map(statement => `${statement};`),
      'SELECT id, hex(value) FROM cells ORDER BY id;',
    ]
    const { stdout, stderr } = await database.run(script.join('\n'))
    await database.drop()
    expect(stderr).toBe('')
    const lines = awkward.map((value, id) => `${id}|${hex(value).toUpperCase()}`)
    expect(stdout.trim().split('\n')).toEqual(lines.slice(1))
  })
})
if (missingSqlite3()) notRun('rows in the shell of SQLite', missingSqlite3()!)

describe.skipIf(missingMariadb())('in the client of MariaDB', () => {
  let server: MariadbProcess
  beforeAll(async () => {
    server = await startMariadb()
  }, 60_000)
  afterAll(() => server.stop())

  test.each(['', 'NO_BACKSLASH_ESCAPES'])(
    'every text is what it was, and rows go by their keys: sql_mode %s',
    async mode => {
      const { terminated } = await loadDialect('mysql')
      const database = await server.createDatabase(`rows_${mode.length}`)
      const statements = await compiled('mysql', op => {
        insertAwkward(op)
        op.bulkDelete('cells', [{ id: 0, value: awkward[0] }], { key: ['id', 'value'] })
      })
      const script = [
        `SET sql_mode = '${mode}';`,
        'CREATE TABLE cells (id integer, value text) CHARACTER SET utf8mb4;',
        ...statements.map(statement => terminated!(statement)),
        'SELECT id, hex(value) FROM cells ORDER BY id;',
      ]
      const { stdout, stderr } = await database.run(script.join('\n'), [
        '--batch',
        '--skip-column-names',
      ])
      await database.drop()
      expect(stderr).toBe('')
      const lines = awkward.map((value, id) => `${id}\t${hex(value).toUpperCase()}`)
      expect(stdout.trimEnd().split('\n')).toEqual(lines.slice(1))
    },
  )
})
if (missingMariadb()) notRun('rows in the client of MariaDB', missingMariadb()!)

test('bound values of op.execute are spelled as those of rows', async () => {
  const mysql = await loadDialect('mysql')
  expect(bindLiterals('UPDATE t SET a = $1', ['back\\slash'], mysql)).toBe(
    `UPDATE t SET a = _utf8mb4 X'${hex('back\\slash')}'`,
  )
})
