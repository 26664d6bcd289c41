import type { Connection } from '../dialects/dialect.ts'
import { loadConnection } from '../dialects/load-connection.ts'
import { quoteIdentifier } from '../schema/index.ts'
import type { Backing, ScratchOptions } from './backing.ts'

/** Makes a database in the memory of this process. */
export async function openEmbedded(options: ScratchOptions): Promise<Backing> {
  const { dialect, current, cacheDirectory, extensions, onProgress, onStatement } = options
  const settings = current && (await spellingOf(current.connection))
  const roles = new Set(current && (await rolesOf(current.connection)))

  const address = { kind: 'embedded' } as const
  const how = { cacheDirectory, extensions, settings, onProgress, onStatement }
  const connection = await loadConnection(dialect, address, how)
  await createRoles(connection, roles)
  return {
    connection,
    // Roles belong to the cluster, not to the database: one that a rehearsal made stays, as the next
    // rehearsal may need it, and nobody but us lives in this cluster.
    beforeRollback: async () => {
      const there = await allRoles(connection).catch(() => [])
      for (const role of there) roles.add(role)
    },
    afterRollback: () => createRoles(connection, roles),
    dispose: () => connection.close(),
  }
}

/** The settings that decide where unqualified names go and what constants of dates mean. */
async function spellingOf(connection: Connection): Promise<Record<string, string>> {
  const { rows } = await connection.query<{ name: string; value: string }>(
    `SELECT name, reset_val AS value FROM pg_settings
     WHERE name IN ('search_path', 'DateStyle', 'IntervalStyle')`,
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

/** The roles that objects of a database name: owners, grantees, and those of policies. */
async function rolesOf(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT DISTINCT rolname AS name FROM pg_shdepend JOIN pg_roles r ON r.oid = refobjid
     WHERE refclassid = 'pg_authid'::regclass
       AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  )
  return rows.map(({ name }) => name)
}

async function allRoles(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ name: string }>('SELECT rolname AS name FROM pg_roles')
  return rows.map(({ name }) => name)
}

async function createRoles(connection: Connection, roles: Iterable<string>): Promise<void> {
  const there = new Set(await allRoles(connection))
  const missing = [...roles].filter(role => !there.has(role))
  await connection.executeAll(missing.map(role => `CREATE ROLE ${quoteIdentifier(role)}`))
}
