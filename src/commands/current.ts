import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts } from '../environment/scripts.ts'
import { resolveRows } from '../revisions/resolve.ts'
import { currentRevisions } from '../revisions/traversal.ts'
import type { CurrentInput } from './inputs.ts'
import type { CurrentResult } from './results.ts'
import { revisionLine } from './revision-line.ts'

/** Says where the database is. Reads only: it never creates the version table. */
export async function current(input: CurrentInput): Promise<CurrentResult> {
  const project = await openProject(input)
  const scripts = readScripts(project)
  const environment = await loadEnvironment(project)
  let database = ''
  const heads: string[] = []
  await runEnvironment({
    project,
    environment,
    work: async session => {
      heads.push(...(await session.versionTable.read(session.connection!)))
      database = session.database
    },
  })
  const { graph } = await scripts
  const rows = resolveRows(graph, heads)
  const revisions = currentRevisions(graph, rows).map(node =>
    revisionLine(node, new Set([node.id])),
  )
  return { database, heads: heads.sort(), revisions }
}
