import { Client } from 'pg'
import { describe, expect, test } from 'vitest'
import { terminated } from '../../../src/dialects/postgresql/terminated.ts'
import { notRun } from '../../support/each-server.ts'
import { missingPsql, psql } from '../../support/psql.ts'
import { postgresServer } from '../../support/servers.ts'

/** Each gives one text; psql has values for `n` and `USER`. */
const statements: readonly string[] = [
  `SELECT ((ARRAY[1, 2, 3])[1:"USER"])::text FROM (SELECT 2 AS "USER") s`,
  'SELECT a[1:n]::text FROM (SELECT ARRAY[1, 2, 3] AS a, 2 AS n) s',
  "SELECT (ARRAY[1, 2, 3])[1:'2']::text",
  'SELECT a$b$c[1:n]::text || d$b$ FROM (SELECT ARRAY[1, 2] AS a$b$c, 1 AS n, $$ :n $$ AS d$b$) s',
  "SELECT ':n' || '\\' || ':n'",
  "SELECT E'it\\'s :n \\\\' || ':n' || e':\"USER\"'",
  'SELECT $$:n$$ || $x$:n $$:"USER"$$ $x$',
  `SELECT "a:n" || "b"":n" FROM (SELECT 'a' AS "a:n", 'b' AS "b"":n") s`,
  'SELECT /* :n */ 1::text -- :n',
  "SELECT U&':n \\263A'",
]

const missing = missingPsql()

describe('a statement in a script', () => {
  if (missing !== undefined) notRun('means in psql what it means to the server', missing)
  else {
    test.each(statements)('means in psql what it means to the server: %s', async sql => {
      const { url } = await postgresServer()
      const words = ['-qAt', '-v', 'ON_ERROR_STOP=1', '-v', 'n=0']
      const { stdout } = await psql(url, words, terminated(sql))
      expect(stdout).toBe(`${await answer(url, sql)}\n`)
    })
  }
})

async function answer(url: string, sql: string): Promise<string> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<[string]>({ text: sql, rowMode: 'array' })
    return rows[0]![0]
  } finally {
    await client.end()
  }
}
