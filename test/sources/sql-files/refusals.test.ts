import { describe, expect, test } from 'vitest'
import { load } from './support.ts'

const errorOf = (text: string | Buffer) => load(text).catch(error => error)

describe('SQL that is none', () => {
  test.each([
    ['CREATE TABLE a (;', 1, 17, 'syntax error at or near ";"'],
    ["-- é 😀\r\nCOMMENT ON TABLE a IS '😀' x;", 2, 28, 'syntax error at or near "x"'],
    ['CREATE TABLE a ()\n  CREATE TABLE b ()', 2, 3, 'syntax error at or near "CREATE"'],
    [
      "CREATE TABLE a ();\nCOMMENT ON TABLE a IS 'b",
      2,
      23,
      'unterminated quoted string at or near "\'b"',
    ],
    ['CREATE TABLE', 1, 13, 'syntax error at end of input'],
    ['CREATE TABLE :schema.a ();', 1, 14, 'syntax error at or near ":"'],
  ])('is refused with its line and column: %j', async (text, line, column, reason) => {
    expect(await errorOf(text)).toMatchObject({
      code: 'SQL_SYNTAX',
      message: `schema.sql:${line}:${column}: ${reason}.`,
      facts: { file: 'schema.sql', line, column, reason },
    })
  })
})

describe('what has no place in a target', () => {
  test.each([
    ['INSERT', 'INSERT INTO a VALUES (1)'],
    ['UPDATE', 'UPDATE a SET b = 1'],
    ['DELETE', 'WITH c AS (SELECT 1) DELETE FROM a'],
    ['MERGE', 'MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE'],
    ['TRUNCATE', 'TRUNCATE a'],
    ['COPY', "COPY a FROM '/tmp/a'"],
    ['SELECT', "SELECT setval('a', 1)"],
    ['CALL', 'CALL p()'],
    ['BEGIN', 'BEGIN'],
    ['COMMIT', 'COMMIT'],
    ['ROLLBACK', 'ROLLBACK'],
    ['SAVEPOINT', 'SAVEPOINT a'],
    ['LOCK', 'LOCK TABLE a'],
    ['SET TRANSACTION', 'SET TRANSACTION READ ONLY'],
    ['SET LOCAL', "SET LOCAL search_path = 'a'"],
    ['CREATE ROLE', 'CREATE ROLE r'],
    ['CREATE ROLE', "CREATE USER r PASSWORD 'secret'"],
    ['CREATE ROLE', 'CREATE GROUP r'],
    ['ALTER ROLE', 'ALTER ROLE r LOGIN'],
    ['ALTER ROLE', 'ALTER ROLE r RENAME TO s'],
    ['ALTER ROLE', "ALTER ROLE r SET search_path = 'a'"],
    ['COMMENT ON ROLE', "COMMENT ON ROLE r IS 'a'"],
    ['DROP ROLE', 'DROP USER r'],
    ['membership in a role', 'GRANT r TO s'],
    ['membership in a role', 'REVOKE r FROM s'],
    ['CREATE DATABASE', 'CREATE DATABASE d'],
    ['ALTER DATABASE', "ALTER DATABASE d SET search_path = 'a'"],
    ['DROP DATABASE', 'DROP DATABASE d'],
    ['CREATE TABLESPACE', "CREATE TABLESPACE t LOCATION '/tmp'"],
    ['ALTER SYSTEM', 'ALTER SYSTEM SET jit = off'],
    ['a subscription', "CREATE SUBSCRIPTION s CONNECTION 'host=h' PUBLICATION p"],
  ])('is refused with its line: %s as in %s', async (what, sql) => {
    const error = await errorOf(`CREATE TABLE t ();\n\n-- é\n${sql};\nCREATE TABLE u ();`)
    expect(error).toMatchObject({
      code: 'SQL_UNSUPPORTED',
      facts: { file: 'schema.sql', line: 4, statement: what },
    })
    expect(error.message).toMatch(`schema.sql:4: ${what} is refused: `)
    expect(`${error.message}${error.hint}`).not.toMatch('secret')
    expect(error.hint).toMatch(/Take|Write/)
  })

  test.each([
    ['rows', "COPY a (b) FROM stdin;\n1\tit's\n\\.\n"],
    ['no rows', 'COPY a (b) FROM stdin;\n\\.\n'],
    ['nothing', 'COPY a (b) FROM stdin;\n'],
  ])('is refused where it begins: COPY followed by %s', async (_, copy) => {
    expect(await errorOf(`CREATE TABLE a (b text);\n\n${copy}`)).toMatchObject({
      code: 'SQL_UNSUPPORTED',
      facts: { line: 3, statement: expect.stringMatching('COPY') },
    })
  })

  test.each(['\\connect db', '\\i other.sql', "\\echo it's", '\\.'])(
    'is refused with its line: %s',
    async command => {
      expect(await errorOf(`CREATE TABLE a ();\n${command}\nCREATE TABLE b ();`)).toMatchObject({
        code: 'SQL_UNSUPPORTED',
        facts: { file: 'schema.sql', line: 2, statement: command.split(' ')[0] },
      })
    },
  )

  test('comes with the entry that names a role', async () => {
    const { hint } = await errorOf('CREATE ROLE reader;')
    expect(hint).toMatch("sqlFiles(…, { requires: { roles: ['reader'] } })")
  })
})

test.each([
  ['Latin-1', Buffer.from("COMMENT ON TABLE a IS 'é'", 'latin1')],
  ['UTF-16', Buffer.from('\ufeffCREATE TABLE a ()', 'utf16le')],
  ['UTF-16 without its mark', Buffer.from('CREATE TABLE a ()', 'utf16le')],
])('a file in %s is not read as something else', async (_, bytes) => {
  expect(await errorOf(bytes)).toMatchObject({
    code: 'TARGET_UNREADABLE',
    message: 'schema.sql is not UTF-8 text.',
  })
})
