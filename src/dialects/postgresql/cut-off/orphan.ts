import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '../../dialect.ts'
import { stringLiteral } from '../quoting.ts'

/**
 * A run that was killed may have left the server at work: behind a pooler, which keeps the session, that
 * goes on until it next says something. What it was doing is to be done anew, or is done by then.
 */
export async function endOrphan(connection: Connection, sql: string): Promise<void> {
  for (;;) {
    const { rows } = await connection.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE ${isOrphan(sql)}`,
    )
    if (rows.length === 0) return
    await sleep(betweenLooks)
    // A transaction sees the sessions as they were when it first looked.
    await connection.query('SELECT pg_stat_clear_snapshot()')
  }
}

/** The server shows the beginning of a long statement. */
const isOrphan = (sql: string) => `datname = current_database() AND usename = current_user
  AND pid <> pg_backend_pid() AND state = 'active'
  AND (application_name LIKE 'limbeck%' OR application_name LIKE '% limbeck:%')
  AND query <> '' AND starts_with(${stringLiteral(sql)}, query)`

/** In milliseconds. */
const betweenLooks = 100
