import { describe, expect, test } from 'vitest'
import { load, places, statements } from './support.ts'

describe('a file', () => {
  test('is split at the semicolons between statements', async () => {
    expect(await statements('CREATE TABLE a (); CREATE TABLE b ();;\n;CREATE TABLE c ()')).toEqual([
      'CREATE TABLE a ()',
      'CREATE TABLE b ()',
      'CREATE TABLE c ()',
    ])
  })

  test('is split behind texts of several bytes a character', async () => {
    expect(
      await statements("-- é 😀\nCOMMENT ON TABLE a IS 'größer; 😀';\n/* ü */ CREATE TABLE b ();"),
    ).toEqual(["COMMENT ON TABLE a IS 'größer; 😀'", 'CREATE TABLE b ()'])
  })

  test.each([
    ['dollar quotes', 'CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $a$ SELECT 1; $$;$$ $a$'],
    ['quotes', "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''a;b'';'"],
    ['names', 'CREATE TABLE "a;b" ()'],
    ['comments', 'CREATE TABLE a ( -- one;\n /* two; /* three; */ ; */ )'],
    [
      'BEGIN ATOMIC',
      'CREATE PROCEDURE p() BEGIN ATOMIC DELETE FROM a; INSERT INTO a VALUES (1); END',
    ],
    ['rules', 'CREATE RULE r AS ON INSERT TO a DO ALSO (DELETE FROM b; DELETE FROM c)'],
  ])('keeps a semicolon inside %s', async (_, statement) => {
    expect(await statements(`${statement};\nCREATE TABLE z ();`)).toEqual([
      statement,
      'CREATE TABLE z ()',
    ])
  })

  test('says in which line each statement begins, after the comments before it', async () => {
    const { ddl } = await load(
      '-- é 😀\n\nCREATE TABLE a (\n  b integer\n);\n-- c\nCREATE TABLE c (); CREATE TABLE d ()',
    )
    expect(places(ddl).slice(0, -1)).toEqual(['schema.sql:3', 'schema.sql:7', 'schema.sql:7'])
  })

  test('may end its lines as Windows does', async () => {
    const { ddl } = await load('-- a\r\nCREATE TABLE a (\r\n);\r\n\r\nCREATE TABLE b ()\r\n')
    expect(ddl.slice(0, -1)).toEqual([
      { sql: 'CREATE TABLE a (\r\n)', file: 'schema.sql', line: 2 },
      { sql: 'CREATE TABLE b ()', file: 'schema.sql', line: 5 },
    ])
  })

  test.each(['', ' \n', '-- nothing\n', ';', '\\restrict a\n\n\\unrestrict a\n'])(
    'may be empty: %j',
    async text => {
      expect((await load(text)).ddl).toEqual([])
    },
  )

  test('may begin with a byte order mark', async () => {
    expect(await statements('\ufeffCREATE TABLE a ()')).toEqual(['CREATE TABLE a ()'])
  })
})

describe("psql's \\restrict lines", () => {
  test('are passed over, and lines keep their numbers', async () => {
    const { ddl } = await load(
      '\\restrict Ab1\r\n\nCREATE TABLE a ();\n\\unrestrict Ab1\n\\restrict Cd2\nCREATE TABLE b ();\n\\unrestrict Cd2\n',
    )
    expect(ddl.slice(0, -1)).toEqual([
      { sql: 'CREATE TABLE a ()', file: 'schema.sql', line: 3 },
      { sql: 'CREATE TABLE b ()', file: 'schema.sql', line: 6 },
    ])
  })

  test('stay where they are part of a text', async () => {
    const statement = "COMMENT ON TABLE a IS '\n\\restrict b\n'"
    expect(await statements(statement)).toEqual([statement])
  })
})

describe('CONCURRENTLY', () => {
  test.each([
    [
      'CREATE UNIQUE INDEX /* é concurrently */ CONCURRENTLY i ON a (b)',
      'CREATE UNIQUE INDEX /* é concurrently */ i ON a (b)',
    ],
    ['create index concurrently if not exists i on a (b)', 'create index if not exists i on a (b)'],
    ['CREATE INDEX CONCURRENTLY "concurrently" ON a (b)', 'CREATE INDEX "concurrently" ON a (b)'],
    ['DROP INDEX CONCURRENTLY i', 'DROP INDEX i'],
    [
      'ALTER TABLE a DETACH PARTITION "CONCURRENTLY" CONCURRENTLY',
      'ALTER TABLE a DETACH PARTITION "CONCURRENTLY"',
    ],
  ])('is taken out of %s', async (sql, ordinary) => {
    expect((await statements(sql)).map(text => text.trimEnd())).toEqual([ordinary])
  })

  test.each([
    'CREATE INDEX "concurrently" ON a (b)',
    "COMMENT ON INDEX i IS 'CREATE INDEX CONCURRENTLY'",
  ])('stays where it is a name or a text: %s', async sql => {
    expect(await statements(sql)).toEqual([sql])
  })
})
