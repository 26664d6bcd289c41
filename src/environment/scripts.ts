import { buildGraph } from '../revisions/graph.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { openScriptDirectory } from '../scripts/script-directory.ts'
import type { Project } from './project.ts'

/** The revision files of a project and the graph they make; nothing of them has been run. */
export interface Scripts {
  readonly graph: RevisionGraph
  readonly byId: ReadonlyMap<string, ScannedRevision>
}

/** Scans the version locations. */
export async function readScripts({ config, report }: Project): Promise<Scripts> {
  const { revisions, warnings } = await openScriptDirectory({
    directory: config.scriptLocation,
    versionLocations: config.versionLocations,
    recursive: config.recursiveVersionLocations,
  })
  for (const message of warnings) report({ type: 'warning', message })
  return {
    graph: buildGraph(revisions),
    byId: new Map(revisions.map(revision => [revision.id, revision])),
  }
}
