import type { SessionTimeouts } from '../../dialects/timeouts.ts'
import type { MigrationSession } from '../migration-session.ts'
import type { RunnerOptions } from '../runner.ts'
import { limitsOf, limitTransactions } from './limits.ts'
import { LockWatch } from './watch.ts'

/** What a runner is told of its limits. */
export type Limited = Pick<RunnerOptions, 'limits' | 'watch' | 'report'>

/**
 * Does a run under its limits, on a session whose timeouts were found to be these: each transaction sets
 * them, and who keeps it waiting is seen.
 */
export async function limitRun(
  session: MigrationSession,
  found: SessionTimeouts | undefined,
  run: (limited: Limited) => Promise<void>,
): Promise<void> {
  const { dialect, report, isPooled } = session
  const limits = limitsOf(session, found)
  if (limits === undefined) return run({ report })
  const connection = session.connection!
  const transaction = session.transaction!
  limitTransactions(transaction, limits)
  // A block of env.ts has begun it.
  if (connection.isInTransaction?.())
    await connection.query(limits.sql.inTransaction(limits.timeouts))
  const pid = () => (isPooled ? transaction.sessionId : connection.sessionId)
  const watch = new LockWatch({ dialect, connection, limits, report, pid })
  try {
    await run({ limits, watch, report: watch.report })
  } finally {
    transaction.beginWith('timeouts', undefined)
    await watch.close()
  }
}
