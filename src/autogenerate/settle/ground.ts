import type { Connection } from '../../dialects/dialect.ts'
import { hashText } from '../../operations/hash.ts'

/**
 * What shapes the text of a schema beside the schema: the engine to its build, encoding and locale, every
 * setting that somebody has set, and the extensions that there are. A scratch database beside this one is
 * the same in all of it.
 */
export async function groundDigest(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ ground: string }>(groundQuery)
  return hashText(rows[0]!.ground)
}

/** As JSON, a row of pg_database has the columns of the server's version, and nothing for the others. */
const localeColumns = [
  'encoding',
  'datcollate',
  'datctype',
  'datlocprovider',
  'daticulocale',
  'datlocale',
  'daticurules',
  'datcollversion',
]

/** Where a server is reached, and who asks. */
const elsewhere = ['application_name', 'listen_addresses', 'port', 'unix_socket_directories']

const extensions = `(SELECT json_agg(json_build_array(e.name, e.default_version, e.installed_version)
  ORDER BY e.name) FROM pg_available_extensions e)`

const groundQuery = `
  SELECT json_build_array(version(), current_user, ${extensions},
    (SELECT json_build_array(${localeColumns.map(name => `to_jsonb(d)->'${name}'`).join(', ')})
      FROM pg_database d WHERE d.datname = current_database()),
    (SELECT json_agg(json_build_array(s.name, s.reset_val) ORDER BY s.name) FROM pg_settings s
      WHERE s.source NOT IN ('default', 'override', 'session')
        AND s.name NOT IN (${elsewhere.map(name => `'${name}'`).join(', ')}))
  )::text AS ground`

/** Whether a scratch database can be made on the server of a session. */
export async function canMakeDatabases(connection: Connection): Promise<boolean> {
  if (connection.kind === 'embedded') return false
  const { rows } = await connection.query<{ may: boolean }>(
    `SELECT (rolcreatedb OR rolsuper) AND NOT pg_is_in_recovery() AS may
     FROM pg_roles WHERE rolname = current_user`,
  )
  return rows[0]?.may === true
}
