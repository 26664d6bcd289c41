import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts } from '../environment/scripts.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import { resolveRows } from '../revisions/resolve.ts'
import { currentRevisions, headsAhead } from '../revisions/traversal.ts'
import { type LedgerRecords, readRecords } from '../runtime/ledger-records.ts'
import { firstDatabase } from './first-database.ts'
import type { CurrentInput } from './inputs.ts'
import type { CurrentDatabase, CurrentResult } from './results/current.ts'
import { recordedLines } from './revision-record.ts'

/** What was read of one database. */
interface Rows {
  readonly database: string
  readonly heads: readonly string[]
  readonly records: LedgerRecords
}

/** Says where the database is. Reads only: it never creates the version table. */
export async function current(input: CurrentInput): Promise<CurrentResult> {
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const environment = await loadEnvironment(project)
  const databases: CurrentDatabase[] = []
  await runEnvironment({
    project,
    environment,
    work: async session => {
      const { database, versionTable, connection } = session
      const heads = (await versionTable.read(connection!)).sort()
      const records = input.ledger ? await readRecords(session) : new Map()
      databases.push(await placeOf({ database, heads, records }, graph, input.checkHeads ?? false))
    },
  })
  return {
    ...firstDatabase(databases),
    ...(input.checkHeads && { isAtHeads: databases.every(one => one.missingHeads?.length === 0) }),
  }
}

async function placeOf(
  { records, ...found }: Rows,
  graph: RevisionGraph,
  checkHeads: boolean,
): Promise<CurrentDatabase> {
  const rows = resolveRows(graph, found.heads)
  const revisions = currentRevisions(graph, rows)
  return {
    ...found,
    revisions: await recordedLines(revisions, records, node => new Set([node.id])),
    ...(checkHeads && { missingHeads: headsAhead(graph, rows).map(head => head.id) }),
  }
}
