import type { Connection } from '../dialect.ts'
import type { Blocker } from '../timeouts.ts'

/**
 * Who keeps a session waiting for a lock; nobody where it does not wait. That is looked at first, since
 * `pg_blocking_pids` stops the lock manager for a moment.
 */
export async function readBlockers(connection: Connection, pid: number): Promise<Blocker[]> {
  const { rows } = await connection.query<Blocker>(`SELECT blocking.pid, a.usename AS "user",
  nullif(a.application_name, '') AS application, host(a.client_addr) AS address, a.state,
  to_char(${began} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
  extract(epoch FROM clock_timestamp() - ${began})::float8 AS seconds, nullif(a.query, '') AS query
FROM (SELECT DISTINCT unnest(pg_blocking_pids(waiting.pid)) AS pid FROM pg_stat_activity AS waiting
  WHERE waiting.pid = ${pid} AND waiting.wait_event_type = 'Lock') AS blocking
LEFT JOIN pg_stat_activity AS a ON a.pid = blocking.pid ORDER BY ${began}, 1`)
  return rows.map(row => ({ ...row, query: row.query && shownQuery(row.query) }))
}

const began = 'coalesce(a.xact_start, a.backend_start)'

/** The beginning of somebody's statement in one line, without its literals and comments, which may hold secrets. */
export function shownQuery(sql: string): string {
  const line = sql
    .replaceAll(tokens, (token, name?: string) => {
      if (name !== undefined) return name
      return /^(?:--|\/\*)/.test(token) ? ' ' : `'…'`
    })
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** In characters. */
const most = 200

/**
 * Quoted names, which stay; comments; literals: with escapes, in dollars, plain. The last one may be cut
 * off, since the server keeps only the beginning of a statement.
 */
const tokens =
  /("(?:[^"]|"")*"?)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\be'(?:[^'\\]|''|\\[\s\S])*(?:'|$|\\$)|\$([a-z_]\w*)?\$[\s\S]*?(?:\$\2\$|$)|'(?:[^']|'')*(?:'|$)/gi
