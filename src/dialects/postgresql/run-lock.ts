import type { QualifiedName } from '../../schema/index.ts'
import type { RunLockSession, RunLockSql } from '../run-lock.ts'
import { quoteQualified, stringLiteral } from './quoting.ts'

/** A transaction that idles is there for the lock; any other session was opened for the run. */
const began = `CASE WHEN a.state LIKE 'idle in transaction%' THEN a.xact_start ELSE a.backend_start END`

/**
 * The lock of a run: an advisory lock, which PostgreSQL keeps for each database. Waiting for it in the
 * server would hold a snapshot, for which CREATE INDEX CONCURRENTLY of the holder waits in turn.
 */
export const runLock: RunLockSql = {
  key: keyOf,
  takeForSession: (key, session) =>
    `SELECT key::text AS key, CASE WHEN ${isOurs(session)} THEN pg_try_advisory_lock(key) END AS "isHeld"` +
    `${session.maySet ? `, ${noticing(session)}` : ''} FROM (SELECT ${key} AS key) AS named`,
  takeForTransaction: key =>
    'SELECT key::text AS key, pg_try_advisory_xact_lock(key) AS "isHeld" ' +
    `FROM (SELECT ${key} AS key) AS named`,
  // With REPEATABLE READ it would keep its first snapshot.
  beginQuietly: 'BEGIN ISOLATION LEVEL READ COMMITTED',
  keepOpen: (application, serverVersion) =>
    `SELECT ${local('application_name', application)}, ${local('idle_in_transaction_session_timeout', '0')}` +
    (serverVersion >= 170_000 ? `, ${local('transaction_timeout', '0')}` : ''),
  release: key => `SELECT pg_advisory_unlock(${key})`,
  holders: key => `SELECT l.pid, a.usename AS "user", a.application_name AS application,
  host(a.client_addr) AS address,
  to_char(${began} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
  extract(epoch FROM clock_timestamp() - ${began})::float8 AS seconds
FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = ${key}`,
}

/** A pooler tells the client one number and runs its statements in another session. */
const isOurs = ({ id }: RunLockSession): string => `pg_backend_pid() = ${id ?? 'NULL'}`

/**
 * The first eight bytes of SHA-256 of `limbeck:schema.table`, with the names as PostgreSQL quotes them. It
 * must stay what it is: runs of two versions of limbeck have to meet in one key.
 */
function keyOf({ schema, name }: QualifiedName): string {
  const text = `'limbeck:' || quote_ident(${schemaOf(schema, name)}) || '.' || quote_ident(${stringLiteral(name)})`
  return `('x' || encode(substring(sha256(convert_to(${text}, 'UTF8')) FROM 1 FOR 8), 'hex'))::bit(64)::bigint`
}

/** Where the table is or, before the first run, where it will be. */
function schemaOf(schema: string | undefined, name: string): string {
  if (schema !== undefined) return stringLiteral(schema)
  const table = stringLiteral(quoteQualified({ schema: undefined, name }))
  return (
    'coalesce((SELECT n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace ' +
    `WHERE c.oid = to_regclass(${table}))::text, current_schema()::text, '')`
  )
}

/**
 * Has the server notice soon that a holder is gone without a word: a machine that is down, within half a
 * minute in place of hours; a process that was killed, also during a long statement.
 */
function noticing(session: RunLockSession): string {
  const settings = [
    setWhere(isOurs(session), 'tcp_keepalives_idle', '15'),
    setWhere(isOurs(session), 'tcp_keepalives_interval', '5'),
    setWhere(isOurs(session), 'tcp_keepalives_count', '3'),
  ]
  // Other systems refuse it.
  const isLinux = `${isOurs(session)} AND version() LIKE '%linux%'`
  if (session.serverVersion >= 140_000)
    settings.push(setWhere(isLinux, 'client_connection_check_interval', '2s'))
  return settings.join(', ')
}

const setWhere = (condition: string, name: string, value: string): string =>
  `CASE WHEN ${condition} THEN set_config('${name}', '${value}', false) END`

const local = (name: string, value: string): string =>
  `set_config('${name}', ${stringLiteral(value)}, true)`
