import { amended, LimbeckError } from '../errors.ts'
import type { LastRun } from '../runtime/ledger.ts'
import type { MigrationSession, Work } from '../runtime/migration-session.ts'

/** Work that says of version rows without a file who has run them, as far as the ledger knows. */
export function withLastRuns(work: Work): Work {
  return async session => {
    try {
      await work(session)
    } catch (error) {
      throw (await withLedger(error, session)) ?? error
    }
  }
}

/** The error with `facts.runs`, by revision; undefined where it is another, or the ledger is silent. */
async function withLedger(
  error: unknown,
  session: MigrationSession,
): Promise<LimbeckError | undefined> {
  if (!(error instanceof LimbeckError && error.code === 'DATABASE_REVISION_UNKNOWN')) return
  const ids = error.facts.revisions as readonly string[]
  const runs: Record<string, LastRun> = {}
  for (const id of ids) {
    const run = await lastRun(session, id)
    if (run !== undefined) runs[id] = run
  }
  if (Object.keys(runs).length === 0) return
  return amended(error, { facts: { ...error.facts, runs } })
}

async function lastRun({ connection, ledger }: MigrationSession, id: string) {
  try {
    return connection && (await ledger.lastRun(connection, id))
  } catch {
    // There is no ledger, or it may not be read. The error at hand says more than that.
    return undefined
  }
}
