import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { resolveRevisions, resolveRows } from '../revisions/resolve.ts'
import { readDatabaseHeads } from './database-heads.ts'
import type { ShowInput } from './inputs.ts'
import type { ShowResult } from './results.ts'
import { revisionLine } from './revision-line.ts'

/** Tells everything about the revisions an identifier stands for. */
export async function show(input: ShowInput): Promise<ShowResult> {
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const nodes =
    input.revision === 'current'
      ? resolveRows(graph, await readDatabaseHeads(project))
      : resolveRevisions(graph, input.revision)
  return { revisions: nodes.map(node => revisionLine(node)) }
}
