import type { HealthCheck, Verdict } from '../../health.ts'

interface Session {
  readonly pid: number
  readonly user: string | null
  readonly application: string | null
  readonly isIdle: boolean
  readonly isHidden: boolean
  readonly seconds: number
  readonly locks: number
}

/** In seconds: whoever works does not leave a transaction open as long. */
export interface LongTransactions {
  readonly idle: number
  readonly active: number
}

/** Nobody holds locks for long that a migration would wait for. */
export const openTransactions: HealthCheck = openLongerThan({ idle: 60, active: 300 })

/** The same for other lengths of time. */
export function openLongerThan(long: LongTransactions): HealthCheck {
  return {
    check: 'open transactions',
    run: async connection => {
      const { rows } = await connection.query<Session>(query(long))
      const hidden = rows.filter(({ isHidden }) => isHidden).length
      const verdicts = rows.filter(({ isHidden }) => !isHidden).flatMap(judge)
      if (hidden > 0) verdicts.push(unseen(hidden))
      if (verdicts.length > 0) return verdicts
      return [{ status: 'ok', message: 'Nobody holds a transaction open for long.' }]
    },
  }
}

/** What others do is hidden from a role without pg_read_all_stats; their number is not. */
const query = ({ idle, active }: LongTransactions): string =>
  `SELECT a.pid, a.usename AS "user", a.application_name AS application, a.state LIKE 'idle%' AS "isIdle",
  a.state IS NULL AS "isHidden", extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS seconds,
  (SELECT count(*) FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype = 'relation' AND l.granted)::int AS locks
FROM pg_stat_activity AS a
WHERE a.datname = current_database() AND coalesce(a.backend_type, 'client backend') = 'client backend' AND a.pid <> pg_backend_pid()
  AND (a.state IS NULL
    OR a.state LIKE 'idle in transaction%' AND a.xact_start < clock_timestamp() - interval '${idle} s'
    OR a.state = 'active' AND a.xact_start < clock_timestamp() - interval '${active} s')
ORDER BY a.xact_start LIMIT 20`

function judge({ pid, user, application, isIdle, seconds, locks }: Session): Verdict[] {
  // The lock of a run behind a pooler is such a transaction.
  if (application?.startsWith('limbeck') && locks === 0) return []
  const who = `${user ?? 'somebody'}${application ? ` (${application})` : ''}, pid ${pid}`
  const minutes = Math.round(seconds / 60)
  const what = isIdle ? 'is idle in a transaction' : 'works in one transaction'
  const holding = locks === 0 ? '' : ` and holds locks on ${locks} tables and indexes`
  return [
    {
      status: 'warning',
      message: `${who} ${what} since ${minutes} min${holding}: what alters the same tables has to wait.`,
      fix: `Find out who that is; SELECT pg_terminate_backend(${pid}); ends it.`,
    },
  ]
}

const unseen = (count: number): Verdict => ({
  status: 'note',
  message: `What ${count} other session${count === 1 ? '' : 's'} in this database do cannot be seen by this role.`,
  fix: 'GRANT pg_read_all_stats TO … lets it see them.',
})
