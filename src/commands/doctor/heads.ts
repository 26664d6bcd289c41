import type { Verdict } from '../../dialects/health.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { LimbeckError } from '../../errors.ts'
import { resolveRows } from '../../revisions/resolve.ts'
import { headsAhead } from '../../revisions/traversal.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'
import { isAbsence } from '../../runtime/own-table.ts'
import { listed } from '../../text/sentences.ts'
import { problemOf } from './findings.ts'

/** Whether a run would take the version table as it is, and its rows for revisions of the project; how far it is. */
export async function headsVerdict(
  { connection, versionTable, ledger }: MigrationSession,
  { graph }: Scripts,
): Promise<Verdict> {
  try {
    const ids = await versionTable.readToWrite(connection!, [ledger.own])
    versionTable.expectOnce(ids)
    const rows = resolveRows(graph, ids)
    const ahead = headsAhead(graph, rows).map(({ id }) => id)
    const at = ids.length === 0 ? 'base' : listed(ids)
    if (ahead.length === 0) return { status: 'ok', message: `The database is at ${at}.` }
    return {
      status: 'note',
      message: `The database is at ${at}, and not yet at ${listed(ahead)}.`,
      fix: `limbeck upgrade ${ahead.length > 1 ? 'heads' : 'head'}`,
    }
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error
    return problemOf(error)
  }
}

/** Whether every revision was committed as a whole. */
export async function partialVerdicts({
  connection,
  ledger,
}: MigrationSession): Promise<readonly Verdict[]> {
  try {
    const partial = await ledger.partialSteps(connection!)
    if (partial.length === 0) return [{ status: 'ok', message: 'None was left half done.' }]
    return partial.map(({ revision, direction, step, state }) => ({
      status: 'warning',
      message: `The ${direction} of ${revision} was left half done: statement ${step} outside of transactions is ${state === 'done' ? 'done' : 'begun'}, and what follows is not.`,
      fix: `Run limbeck ${direction} again: it goes on from there.`,
    }))
  } catch (error) {
    if (!isAbsence(error)) throw error
    return [{ status: 'ok', message: 'Nothing has run yet.' }]
  }
}
