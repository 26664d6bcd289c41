import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sqlFiles } from '../../../src/sources/sql-files/sql-files.ts'
import { contextOf, folderWith, load, places, statements } from './support.ts'

async function placesOf(paths: string | readonly string[], directory: string): Promise<string[]> {
  const content = await sqlFiles(paths).load(contextOf(directory))
  return 'ddl' in content ? places(content.ddl) : []
}

describe('paths', () => {
  const files = {
    'schema.sql': 'CREATE TABLE a ()',
    'views/b.sql': 'CREATE VIEW b AS SELECT',
    'views/a.sql': 'CREATE VIEW a AS SELECT',
    'views/notes.txt': 'not SQL',
    'views/old/c.sql': 'not SQL',
  }

  test('are files, and folders in the order of their names, from the folder of the config', async () => {
    const found = await placesOf(['views', './schema.sql'], folderWith(files))
    expect([...new Set(found)]).toEqual([
      `${join('views', 'a.sql')}:1`,
      `${join('views', 'b.sql')}:1`,
      './schema.sql:1',
    ])
  })

  test('may be absolute', async () => {
    const path = join(folderWith(files), 'schema.sql')
    expect(new Set(await placesOf(path, '/'))).toEqual(new Set([`${path}:1`]))
  })

  test('that lead nowhere are named, with where they were looked for', async () => {
    const directory = folderWith(files)
    await expect(placesOf(['schema.sql', 'db/x.sql'], directory)).rejects.toMatchObject({
      code: 'SQL_FILE_NOT_FOUND',
      message: 'There is no file or folder db/x.sql.',
      hint: expect.stringContaining(join(directory, 'db/x.sql')),
    })
  })

  test('of a folder without SQL files are an error, not an empty target', async () => {
    await expect(placesOf('a', folderWith({ 'a/b.txt': '' }))).rejects.toMatchObject({
      code: 'SQL_FILE_NOT_FOUND',
      message: 'The folder a holds no .sql file.',
    })
  })

  test.each([undefined, '', [], ['a.sql', '']])('have to be named: %j', async paths => {
    const directory = folderWith({ 'a.sql': 'CREATE TABLE a ();' })
    await expect(sqlFiles(paths as string).load(contextOf(directory))).rejects.toMatchObject({
      code: 'SQL_FILE_NOT_FOUND',
      message: 'sqlFiles was given no path.',
    })
  })

  test('give the source its name', () => {
    expect(sqlFiles(['a.sql', 'b']).name).toBe('a.sql, b')
  })
})

describe('statements', () => {
  test('about owners, grants and labels are left out', async () => {
    const text = `
      CREATE TABLE a ();
      ALTER TABLE a OWNER TO nobody;
      ALTER FUNCTION f() OWNER TO nobody;
      GRANT SELECT ON a TO nobody;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES FOR ROLE nobody REVOKE ALL ON TABLES FROM nobody;
      SECURITY LABEL ON TABLE a IS 'secret';
      ALTER TABLE a OWNER TO somebody, ADD COLUMN b integer;
      ANALYZE a;`
    expect(await statements(text)).toEqual([
      'CREATE TABLE a ()',
      'ALTER TABLE a OWNER TO somebody, ADD COLUMN b integer',
    ])
    expect((await load(text)).requires?.roles).toEqual(['somebody'])
  })

  test('about owners or grants stay where these are compared, and leave all else to others', async () => {
    const text = 'ALTER TABLE a OWNER TO app; GRANT SELECT ON a TO reader;'
    const directory = folderWith({ 'schema.sql': text })
    const context = { ...contextOf(directory), rights: ['grants'] } as const
    const content = await sqlFiles('schema.sql').load(context)
    expect(content).toMatchObject({
      ddl: [{ sql: 'GRANT SELECT ON a TO reader' }, { sql: 'RESET ALL' }],
      expresses: [],
      expressesRights: ['owners', 'grants'],
      requires: { roles: ['reader'] },
    })
  })

  test('that set something stay in their place, but for the session of the one who loads', async () => {
    const settings = [
      'SET check_function_bodies = false',
      "SELECT pg_catalog.set_config('search_path', '', false)",
      "SET default_tablespace = ''",
      'CREATE TABLE public.a ()',
      'RESET search_path',
    ]
    const session = ['statement_timeout = 0', 'transaction_timeout = 0', "client_encoding = 'UTF8'"]
    const text = [...session.map(setting => `SET ${setting}`), ...settings].join(';\n')
    expect(await statements(text)).toEqual(settings)
  })

  test('end with what puts the settings back, in each file', async () => {
    const directory = folderWith({ 'a.sql': 'SET search_path = a;', 'b.sql': 'CREATE TABLE b ();' })
    const content = await sqlFiles(['a.sql', 'b.sql']).load(contextOf(directory))
    expect(content).toMatchObject({
      ddl: [
        { sql: 'SET search_path = a' },
        { sql: 'RESET ALL', file: 'a.sql' },
        { sql: 'CREATE TABLE b ()' },
        { sql: 'RESET ALL', file: 'b.sql' },
      ],
    })
  })

  test('SELECT … INTO makes a table and stays', async () => {
    expect(await statements('SELECT 1 AS a INTO b')).toEqual(['SELECT 1 AS a INTO b'])
  })
})

describe('what the files say', () => {
  test('is everything', async () => {
    expect((await load('')).expresses).toBe('all')
  })

  test('needs the extensions that they create and the roles that their policies name', async () => {
    const { requires } = await load(
      `CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE EXTENSION citext SCHEMA public;
       CREATE POLICY p ON a TO reader, PUBLIC, CURRENT_USER; CREATE POLICY q ON a TO reader, "Writer";
       CREATE SCHEMA s AUTHORIZATION owner`,
      { requires: { roles: ['app'], extensions: ['citext'] } },
    )
    expect(requires).toEqual({
      roles: ['app', 'reader', 'Writer', 'owner'],
      extensions: ['citext', 'uuid-ossp'],
    })
  })
})
