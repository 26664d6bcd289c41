import type { Verdict } from '../../dialects/health.ts'
import type { RunLockHolder } from '../../dialects/run-lock.ts'
import { describeHolder } from '../../runtime/lock/lock-holder.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'

/** Whether a run is at work now. */
export async function runLockVerdict({
  connection,
  dialect,
  versionTable,
}: MigrationSession): Promise<Verdict> {
  const sql = dialect.runLock
  const free: Verdict = { status: 'ok', message: 'No run is at work.' }
  if (sql === undefined) return free
  const { rows } = await connection!.query<RunLockHolder>(sql.holders(sql.key(versionTable.name)))
  const [holder] = rows
  if (holder === undefined) return free
  return {
    status: 'note',
    message: `A run is at work: ${describeHolder(holder)}.`,
    fix: `Another one waits for it (--wait-lock). Should it never end: SELECT pg_terminate_backend(${holder.pid});`,
  }
}
