import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import { LimbeckError } from '../errors.ts'
import type { RevisionNode } from '../revisions/nodes.ts'
import { resolveRevisions, resolveRows } from '../revisions/resolve.ts'
import { ancestorsOf } from '../revisions/traversal.ts'
import { underLock } from '../runtime/lock/under-lock.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { lookAround } from '../runtime/preflight/preflight.ts'
import { recordedHashes } from '../runtime/recorded-hashes.ts'
import { firstDatabase } from './first-database.ts'
import type { StampInput } from './inputs.ts'
import type { MoveDatabase, StampResult } from './results/move.ts'
import { waitingFor } from './wait-lock.ts'

/** Notes in the ledger that the scripts of applied revisions are right as they are now; no version row changes. */
export async function acceptScripts(input: StampInput): Promise<StampResult> {
  if (input.sql || input.purge)
    throw new LimbeckError('USAGE', '`--accept` goes with neither `--sql` nor `--purge`.')
  const project = await openProject(input)
  const scripts = await readScripts(project)
  const environment = await loadEnvironment(project)
  const nodes = input.revisions.flatMap(text => resolveRevisions(scripts.graph, text))
  const databases: MoveDatabase[] = []
  await runEnvironment({
    project,
    environment,
    scripts,
    tag: input.tag,
    work: async session => {
      databases.push(await acceptIn(waitingFor(input, session), scripts, [...new Set(nodes)]))
    },
  })
  return firstDatabase(databases)
}

function acceptIn(
  session: MigrationSession,
  { graph, byId }: Scripts,
  nodes: readonly RevisionNode[],
): Promise<MoveDatabase> {
  const { connection, database, ledger, report, transaction, scriptContext } = session
  return underLock({
    session,
    look: () => lookAround(session),
    work: async ({ heads, preflight }) => {
      const applied = ancestorsOf(resolveRows(graph, heads))
      for (const node of nodes) if (!applied.has(node)) throw notApplied(node, database)
      await preflight.expectWritable({ steps: [{ inserts: [], updates: [], deletes: [] }] })
      const lines: string[] = []
      for (const { id } of nodes) {
        const hashes = await recordedHashes(byId.get(id)!, scriptContext)
        const part = { revision: id, direction: 'stamp', step: 0, state: 'done' } as const
        lines.push(ledger.insertStatement({ ...part, ...hashes }))
      }
      await transaction!.hold(async () => {
        const creation = await ledger.creation(connection!)
        await connection!.executeAll([...creation, ...lines])
      })
      for (const { id } of nodes)
        report({ type: 'progress', message: `The script of ${id} is accepted as it is now.` })
      return { database, steps: [], headsBefore: heads, headsAfter: heads }
    },
  })
}

function notApplied({ id }: RevisionNode, database: string): LimbeckError {
  return new LimbeckError(
    'REVISION_NOT_APPLIED',
    `${id} was not applied to ${database}, so there is nothing to accept. Nothing was done.`,
    { facts: { revision: id, database }, hint: '`limbeck upgrade` runs the script as it is.' },
  )
}
