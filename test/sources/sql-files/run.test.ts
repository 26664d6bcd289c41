import { Client } from 'pg'
import { expect, test } from 'vitest'
import { sqlFiles } from '../../../src/sources/sql-files/sql-files.ts'
import { eachServer } from '../../support/each-server.ts'
import { pgDump } from '../../support/pg-dump.ts'
import { contextOf, folderWith } from './support.ts'

const schema = `-- größer 😀; than
SET check_function_bodies = false;
CREATE SCHEMA "é;ß";
SET search_path = "é;ß", pg_catalog;
CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql AS $ü$
BEGIN
  -- a; b
  RETURN (SELECT sum(1) FROM later);
END;
$ü$;
CREATE TABLE later (id integer /* ; */, name text DEFAULT 'a;😀');
CREATE INDEX later_name ON later (name);
CREATE RULE quiet AS ON DELETE TO later DO INSTEAD (SELECT 1; SELECT 2);
COMMENT ON TABLE later IS 'it''s;
\\restrict not
'`

const concurrent = schema.replace('CREATE INDEX', 'CREATE INDEX CONCURRENTLY')

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Runs what files bring, one statement after the other in one transaction. */
async function build(client: Client, files: Readonly<Record<string, string>>): Promise<void> {
  const content = await sqlFiles(Object.keys(files)).load(contextOf(folderWith(files)))
  await client.query('BEGIN')
  if ('ddl' in content) for (const { sql } of content.ddl) await client.query(sql)
  await client.query('COMMIT')
}

eachServer(
  'statements of a file',
  ({ createDatabase }) => {
    test('build one after the other what the server builds from the whole text', async () => {
      const [whole, split] = [await createDatabase(), await createDatabase()]
      await connected(whole.url, client => client.query(schema))
      await connected(split.url, client => build(client, { 'a.sql': concurrent }))
      expect(await pgDump(split.url)).toBe(await pgDump(whole.url))
    })
  },
  { pgDump: true },
)

eachServer('settings of a file', ({ createDatabase }) => {
  test('are not seen by the next one, nor afterwards', async () => {
    const { url } = await createDatabase()
    await connected(`${url}?options=-c%20work_mem%3D3MB`, async client => {
      await build(client, {
        'a.sql': `CREATE SCHEMA s; SET search_path = s; SET work_mem = '9MB'; CREATE TABLE a ()`,
        'b.sql': 'CREATE TABLE b ()',
      })
      const { rows } = await client.query(
        `select relnamespace::regnamespace::text as schema, current_setting('work_mem') as work_mem
         from pg_class where relname in ('a', 'b') order by relname`,
      )
      expect(rows).toEqual([
        { schema: 's', work_mem: '3MB' },
        { schema: 'public', work_mem: '3MB' },
      ])
    })
  })
})
