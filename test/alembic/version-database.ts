import { Client } from 'pg'
import { maskUrl } from '../../src/credentials/secrets.ts'
import type { TestServer } from '../support/servers.ts'

/** A PostgreSQL database in which nothing but the version table matters. */
export interface VersionDatabase {
  readonly url: string
  /** The URL as limbeck shows it. */
  readonly shownUrl: string
  /** Leaves a version table with these rows, in this order, and nothing beside it. */
  reset(rows: readonly string[]): Promise<void>
  rows(): Promise<string[]>
  close(): Promise<void>
}

/** Creates a database on a server for tests. */
export async function openVersionDatabase(server: TestServer): Promise<VersionDatabase> {
  const database = await server.createDatabase('vectors')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`SET client_min_messages = 'warning'`)
  return {
    url: database.url,
    shownUrl: maskUrl(database.url),
    async reset(rows) {
      await client.query(`DROP TABLE IF EXISTS alembic_version, limbeck_ledger;
        CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)`)
      for (const row of rows) await client.query('INSERT INTO alembic_version VALUES ($1)', [row])
    },
    async rows() {
      const result = await client.query('SELECT version_num FROM alembic_version')
      return result.rows.map(row => row.version_num)
    },
    async close() {
      await client.end()
      await database.drop()
    },
  }
}
