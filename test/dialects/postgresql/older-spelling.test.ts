import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection } from '../../../src/dialects/dialect.ts'
import { loadConnection } from '../../../src/dialects/load-connection.ts'
import { asCalls } from '../../../src/dialects/postgresql/older-spelling.ts'
import { postgresServer, type TestDatabase, testMajors } from '../../support/servers.ts'

const expressions = [
  `trim(a)`,
  `trim(BOTH 'x' FROM a)`,
  `trim(LEADING FROM a) || ltrim(a, ')') || trim(TRAILING a FROM "FROM x")`,
  `substring(a FROM 2)`,
  `substring(a FROM 2 FOR length(trim(a)))`,
  `position('TRIM(a)' IN a)`,
  `overlay(a PLACING ' AT TIME ZONE ' FROM 2 FOR 3)`,
  `(at AT TIME ZONE 'Europe/Berlin') AT TIME ZONE a`,
  `extract(year FROM at AT TIME ZONE 'utc')`,
  `CASE WHEN extract(epoch FROM (at - "FROM x"::timestamptz)) IS NULL THEN trim(a) ELSE '(' END`,
]

const table = `CREATE TEMPORARY TABLE t (a text, at timestamptz, "FROM x" text)`

/** What a server has made of an expression, as it prints it. */
async function deparsed(connection: Connection, expression: string): Promise<string> {
  await connection.query(`CREATE TEMPORARY VIEW v AS SELECT ${expression} AS e FROM t`)
  const { rows } = await connection.query<{ text: string }>(
    `SELECT pg_get_viewdef('v'::regclass) AS text`,
  )
  await connection.query('DROP VIEW v')
  return rows[0]!.text.replace(/^\s*SELECT\s+(.*?)\s+AS e\s+FROM.*$/s, '$1').replaceAll('t.', '')
}

describe.runIf(testMajors().includes(13))('what a newer server prints in words of SQL', () => {
  let database: TestDatabase
  let old: Connection
  let newer: Connection

  beforeAll(async () => {
    database = await (await postgresServer(13)).createDatabase('spelling')
    old = await loadConnection('postgresql', { kind: 'url', url: database.url })
    newer = await loadConnection('postgresql', { kind: 'embedded' }, { extensions: [] })
    for (const connection of [old, newer]) await connection.query(table)
  })
  afterAll(async () => {
    await old.close()
    await newer.close()
    await database.drop()
  })

  test.each(expressions)('is with calls what PostgreSQL 13 prints: %s', async expression => {
    const words = await deparsed(newer, expression)
    const calls = await deparsed(newer, asCalls(words))
    expect(calls).not.toBe(words)
    expect(calls).toBe(await deparsed(newer, await deparsed(old, expression)))
  })
})

test('texts between quotes stay as they are', () => {
  const text = `(a = 'TRIM(BOTH FROM b)'::text)`
  expect(asCalls(text)).toBe(text)
})
