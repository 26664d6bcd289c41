import type { Client } from 'pg'
import type { Connection } from '../../dialect.ts'
import type { Limits, Situation, SituationQuestion } from '../../situation.ts'
import { stringLiteral } from '../quoting.ts'

type Row = Pick<Situation, 'database' | 'user' | 'sessionUser' | 'serverVersion'> &
  Pick<Situation, 'isStandby' | 'isReadOnly' | 'timeouts'> & {
    readonly address: string | null
    readonly port: number | null
    readonly limits: Limits | null
  }

/** Asks a session where it is and what it may do, in one query; of a superuser's rights nothing is asked. */
export async function readSituation(
  connection: Connection,
  question: SituationQuestion,
): Promise<Situation> {
  const { rows } = await connection.query<Row>(situationQuery(question))
  const { address, port, limits, serverVersion, ...row } = rows[0]!
  const { host: namedHost, port: namedPort } = driverPlace(connection)
  return {
    ...row,
    // Debian adds its own words.
    serverVersion: serverVersion.split(' ')[0]!,
    hosts: unique([namedHost, address]),
    ports: unique([namedPort, port]),
    limits: limits ?? undefined,
  }
}

const unique = <T>(values: readonly (T | null | undefined)[]): T[] => [
  ...new Set(values.filter(value => value !== null && value !== undefined)),
]

/** Where the driver has connected to; behind a pooler or a port mapping the server knows itself otherwise. */
function driverPlace({ kind, driver }: Connection): Partial<Pick<Client, 'host' | 'port'>> {
  return kind === 'server' ? (driver as Client) : {}
}

function situationQuery({ tables }: SituationQuestion): string {
  const asked = tables.map(
    ({ schema, name }) =>
      `c.relname = ${stringLiteral(name)} AND ` +
      (schema === undefined
        ? 'pg_table_is_visible(c.oid)'
        : `n.nspname = ${stringLiteral(schema)}`),
  )
  return `SELECT current_database()::text AS database, current_user::text AS "user",
  session_user::text AS "sessionUser", current_setting('server_version') AS "serverVersion",
  host(inet_server_addr()) AS address, inet_server_port() AS port, pg_is_in_recovery() AS "isStandby",
  current_setting('transaction_read_only') = 'on' AS "isReadOnly", (${timeouts}) AS timeouts,
  CASE WHEN NOT me.rolsuper THEN json_build_object(
    'defaultSchema', current_schema(),
    'mayCreateSchemas', has_database_privilege(current_database(), 'CREATE'),
    'mayCreateDatabases', me.rolcreatedb,
    'schemas', (${list(limitedSchemas)}),
    'foreign', (${list(foreignTables)}),
    'tables', (${list(rightsOn(asked.length === 0 ? 'false' : asked.join(' OR ')))}))
  END AS limits
FROM pg_roles AS me WHERE me.rolname = current_user`
}

/** Who has said what a setting is. */
const giver = `CASE source WHEN 'user' THEN 'the role' WHEN 'database user' THEN 'the role in this database'
    WHEN 'database' THEN 'the database' WHEN 'client' THEN 'the connection' WHEN 'session' THEN 'a SET before the run'
    WHEN 'configuration file' THEN 'the configuration of the server' ELSE source END`

/** Where nobody has said anything it is the server's own default. */
const timeouts = `SELECT json_object_agg(split_part(name, '_', 1), json_build_object(
    'milliseconds', setting::float8, 'source', ${giver}, 'isGiven', source <> 'default' AND NOT (source = 'configuration file' AND setting = '0')))
  FROM pg_settings WHERE name IN ('lock_timeout', 'statement_timeout')`

const list = (query: string): string =>
  `SELECT coalesce(json_agg(row_to_json(entry)), '[]') FROM (${query}) AS entry`

const isOfProject = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'`

const limitedSchemas = `SELECT n.nspname AS name, pg_get_userbyid(n.nspowner) AS owner,
    has_schema_privilege(n.oid, 'USAGE') AS "mayUse", has_schema_privilege(n.oid, 'CREATE') AS "mayCreate"
  FROM pg_namespace AS n WHERE ${isOfProject}
    AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_schema_privilege(n.oid, 'CREATE'))`

/** Whoever has the rights of the owner may change a table: as a member that inherits, or as a superuser. */
const foreignTables = `SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
    pg_table_is_visible(c.oid) AS "isVisible", pg_has_role(n.nspowner, 'USAGE') AS "ownsSchema",
    pg_has_role(c.relowner, 'MEMBER') AS "mayBecomeOwner"
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${isOfProject} AND NOT pg_has_role(c.relowner, 'USAGE')`

/** A right on single columns is enough for what is written to them. */
const rightsOn = (condition: string): string =>
  `SELECT n.nspname AS schema, c.relname AS name, pg_get_userbyid(c.relowner) AS owner,
    pg_table_is_visible(c.oid) AS "isVisible", json_build_object(
      'SELECT', has_any_column_privilege(c.oid, 'SELECT'), 'INSERT', has_any_column_privilege(c.oid, 'INSERT'),
      'UPDATE', has_any_column_privilege(c.oid, 'UPDATE'), 'DELETE', has_table_privilege(c.oid, 'DELETE')) AS may
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'f') AND (${condition})`
