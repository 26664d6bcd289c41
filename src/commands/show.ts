import { openProject, type Project } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import type { RevisionGraph, RevisionNode } from '../revisions/nodes.ts'
import { resolveRevisions, resolveRows } from '../revisions/resolve.ts'
import { readDatabaseHeads } from './database-heads.ts'
import type { ShowInput } from './inputs.ts'
import type { ShowResult } from './results.ts'
import { revisionLine } from './revision-line.ts'

/** Tells everything about the revisions an identifier stands for. */
export async function show(input: ShowInput): Promise<ShowResult> {
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const nodes = await nodesOrCurrent(project, graph, input.revision)
  return { revisions: nodes.map(node => revisionLine(node)) }
}

/** The revisions of an identifier; the database is asked only for `current`. */
export async function nodesOrCurrent(
  project: Project,
  graph: RevisionGraph,
  identifier: string,
): Promise<RevisionNode[]> {
  if (identifier !== 'current') return resolveRevisions(graph, identifier)
  return resolveRows(graph, await readDatabaseHeads(project))
}
