import fc, { type Arbitrary } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CompiledOperation, Dialect } from '../../src/dialects/dialect.ts'
import { mysql } from '../../src/dialects/mysql/dialect.ts'
import { sqlite } from '../../src/dialects/sqlite/dialect.ts'
import {
  check,
  enumType,
  integer,
  type Op,
  primaryKey,
  sql,
  text,
  unique,
  varchar,
} from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import { notRun } from '../support/each-server.ts'
import { hostileNames, hostileTexts } from '../support/hostile.ts'
import { type MariadbProcess, missingMariadb, startMariadb } from '../support/mariadb.ts'
import type { Outcome } from '../support/run-program.ts'
import { createSqliteDatabase, missingSqlite3 } from '../support/sqlite3.ts'

// PostgreSQL's are tested in its own folder, with a driver. Here the clients of the databases read scripts.

interface Called {
  readonly table: string
  readonly newTable: string
  readonly a: string
  readonly b: string
  readonly newB: string
  readonly uq: string
  readonly ck: string
  readonly ix: string
  readonly view: string
}

const places = ['table', 'newTable', 'a', 'b', 'newB', 'uq', 'ck', 'ix', 'view'] as const

/** A name for each place, none twice: to these databases capitals make no difference. */
const called = (name: Arbitrary<string>): Arbitrary<Called> =>
  fc
    .uniqueArray(name, {
      minLength: places.length,
      maxLength: places.length,
      selector: text => text.toLowerCase(),
    })
    .map(
      all => Object.fromEntries(places.map((place, at) => [place, all[at]])) as unknown as Called,
    )

function namesOf({ table, newTable, a, b, newB, uq, ck, ix, view }: Called) {
  return (op: Op): void => {
    op.createTable(table, { [a]: integer().notNull(), [b]: integer() }, t => [
      primaryKey().on(t[a]!),
      unique(uq).on(t[b]!),
      check(ck, sql`1 > 0`),
    ])
    op.createIndex(ix, table, [a, b])
    op.createView(view, 'SELECT 1 AS one')
    op.renameTable(table, newTable)
    op.alterColumn(newTable, b, { newName: newB })
  }
}

/** Directives and queries as a script for the database's own client. */
function script(
  dialect: Dialect,
  directives: (op: Op) => void,
  queries: readonly string[],
): string {
  const statements = record(directives).flatMap(operation =>
    dialect.compile(operation as CompiledOperation).map(({ sql }) => sql),
  )
  const terminated = (sql: string) => dialect.terminated?.(sql) ?? `${sql};`
  return ['CREATE TABLE canary (a integer);', ...statements.map(terminated), ...queries].join('\n')
}

/** What the queries of a script gave, each line a text in hexadecimal. */
function answers({ stdout, stderr, status }: Outcome): string[] {
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
    .trim()
    .split('\n')
    .map(line => Buffer.from(line, 'hex').toString())
}

const runs = { numRuns: 25 }

describe.skipIf(missingSqlite3())('in the shell of SQLite', () => {
  const run = async (text: string): Promise<string[]> => {
    const database = createSqliteDatabase()
    try {
      return answers(await database.run(text))
    } finally {
      await database.drop()
    }
  }

  test('names that SQL could trip over are kept as they are', () =>
    fc.assert(
      fc.asyncProperty(
        called(hostileNames({ longest: 200, length: text => text.length })),
        async names => {
          const objects = `SELECT hex(name) FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY rowid;`
          const columns = `SELECT hex(name) FROM pragma_table_info(${sqlite.literal(names.newTable)});`
          const { newTable, ix, view, a, newB } = names
          expect(await run(script(sqlite, namesOf(names), [objects, columns]))).toEqual([
            'canary',
            ...[newTable, ix, view],
            ...[a, newB],
          ])
        },
      ),
      runs,
    ))

  test('texts in defaults are kept as they are', () =>
    fc.assert(
      fc.asyncProperty(hostileTexts, async value => {
        const create = (op: Op) =>
          op.createTable('t', { a: integer(), b: text().default(`x${value}`) })
        const look = `INSERT INTO t (a) VALUES (1); SELECT hex(b) FROM t; SELECT hex(name) FROM sqlite_master;`
        expect(await run(script(sqlite, create, [look]))).toEqual([`x${value}`, 'canary', 't'])
      }),
      runs,
    ))
})
if (missingSqlite3()) notRun('names in the shell of SQLite', missingSqlite3()!)

describe.skipIf(missingMariadb())('in the client of MariaDB', () => {
  let server: MariadbProcess
  let count = 0
  beforeAll(async () => {
    server = await startMariadb()
  }, 60_000)
  afterAll(() => server.stop())

  const run = async (text: string): Promise<string[]> => {
    const database = await server.createDatabase(`limbeck_test_${++count}`)
    try {
      const args = ['--batch', '--skip-column-names', '--default-character-set=utf8mb4']
      return answers(await database.run(text, args))
    } finally {
      await database.drop()
    }
  }
  // A table is a file, whose name spells such a character in five bytes.
  const name = hostileNames({
    longest: 40,
    length: text => text.length,
    without: /[\u{10000}-\u{10ffff}]/u,
  }).map(text => text.replace(/\s+$/, '_'))

  test('names that SQL could trip over are kept as they are', () =>
    fc.assert(
      fc.asyncProperty(called(name), async names => {
        const { newTable, ix, view, a, newB, uq, ck } = names
        const from = (place: string, rest: string) =>
          `FROM information_schema.${place}_schema = database() ${rest};`
        const look = [
          `SELECT hex(table_name) ${from('tables WHERE table', "ORDER BY table_type, table_name <> 'canary'")}`,
          `SELECT hex(column_name) ${from('columns WHERE table', `AND table_name NOT IN ('canary', ${mysql.literal(view)}) ORDER BY ordinal_position`)}`,
          `SELECT DISTINCT hex(index_name) ${from('statistics WHERE table', "AND index_name <> 'PRIMARY' ORDER BY non_unique")}`,
          `SELECT hex(constraint_name) ${from('check_constraints WHERE constraint', '')}`,
        ]
        expect(await run(script(mysql, namesOf(names), look))).toEqual([
          ...['canary', newTable, view],
          ...[a, newB],
          ...[uq, ix],
          ck,
        ])
      }),
      runs,
    ))

  test('texts in comments, defaults and values of enums are kept as they are', () =>
    fc.assert(
      fc.asyncProperty(hostileTexts, async drawn => {
        const value = drawn.replace(/[\u{10000}-\u{10ffff}]|\s+$/gu, '_')
        const create = (op: Op) =>
          op.createTable(
            't',
            {
              a: integer(),
              b: varchar(500).default(`x${value}`).comment(value),
              c: enumType('mood', ['one', `${value}x`]).default(`${value}x`),
            },
            { comment: value },
          )
        const look = [
          'INSERT INTO t (a) VALUES (1); SELECT hex(b) FROM t; SELECT hex(c) FROM t;',
          `SELECT hex(column_comment) FROM information_schema.columns WHERE table_schema = database() AND column_name = 'b';`,
          `SELECT hex(table_comment) FROM information_schema.tables WHERE table_schema = database() AND table_name = 't';`,
        ]
        const kept = await run(script(mysql, create, look))
        expect([...kept, '', ''].slice(0, 4)).toEqual([`x${value}`, `${value}x`, value, value])
      }),
      runs,
    ))
})
if (missingMariadb()) notRun('names in the client of MariaDB', missingMariadb()!)

describe('names that a database cannot have are refused', () => {
  const compiled = (dialect: Dialect, name: string) => () =>
    record(op => op.createTable(name, { a: integer() })).flatMap(one =>
      dialect.compile(one as CompiledOperation),
    )

  test.each([
    ['NAME_TOO_LONG', 'more than 64 characters', 'ä'.repeat(65)],
    ['VALUE_UNSUPPORTED', 'an emoji', 'a😀'],
    ['VALUE_UNSUPPORTED', 'a space at the end', 'a '],
    ['VALUE_UNSUPPORTED', 'a NUL', 'a\0b'],
  ])('by MySQL: %s for %s', (code, _, name) => {
    expect(compiled(mysql, name)).toThrow(expect.objectContaining({ code }))
  })

  test('which takes 64 characters', () => {
    expect(compiled(mysql, 'ä'.repeat(64))).not.toThrow()
  })

  test.each([
    ['a NUL', 'a\0b'],
    ['half an emoji', '\ud83d'],
  ])('by SQLite: %s', (_, name) => {
    expect(compiled(sqlite, name)).toThrow(expect.objectContaining({ code: 'VALUE_UNSUPPORTED' }))
  })
})
