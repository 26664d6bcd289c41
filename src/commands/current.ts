import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts } from '../environment/scripts.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import { resolveRows } from '../revisions/resolve.ts'
import { currentRevisions, headsAhead } from '../revisions/traversal.ts'
import { firstDatabase } from './first-database.ts'
import type { CurrentInput } from './inputs.ts'
import type { CurrentDatabase, CurrentResult } from './results.ts'
import { revisionLine } from './revision-line.ts'

/** What was read of one database. */
interface Rows {
  readonly database: string
  readonly heads: readonly string[]
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
    work: async ({ database, versionTable, connection }) => {
      const heads = (await versionTable.read(connection!)).sort()
      databases.push(placeOf({ database, heads }, graph, input.checkHeads ?? false))
    },
  })
  return {
    ...firstDatabase(databases),
    ...(input.checkHeads && { isAtHeads: databases.every(one => one.missingHeads?.length === 0) }),
  }
}

function placeOf(found: Rows, graph: RevisionGraph, checkHeads: boolean): CurrentDatabase {
  const rows = resolveRows(graph, found.heads)
  const revisions = currentRevisions(graph, rows)
  return {
    ...found,
    revisions: revisions.map(node => revisionLine(node, new Set([node.id]))),
    ...(checkHeads && { missingHeads: headsAhead(graph, rows).map(head => head.id) }),
  }
}
