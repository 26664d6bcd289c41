import { openProject, type Project } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import type { RevisionGraph, RevisionNode } from '../revisions/nodes.ts'
import { resolveRevisions, resolveRows } from '../revisions/resolve.ts'
import { readDatabaseHeads, readDatabasePlace } from './database-heads.ts'
import type { ShowInput } from './inputs.ts'
import type { ShowResult } from './results/graph.ts'
import { revisionLine } from './revision-line.ts'
import { recordedLines } from './revision-record.ts'

/** Tells everything about the revisions an identifier stands for. */
export async function show(input: ShowInput): Promise<ShowResult> {
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  if (!input.ledger) {
    const nodes = await nodesOrCurrent(project, graph, input.revision)
    return { revisions: nodes.map(node => revisionLine(node)) }
  }
  const { heads, records } = await readDatabasePlace(project, input)
  const isCurrent = input.revision === 'current'
  const nodes = isCurrent ? resolveRows(graph, heads) : resolveRevisions(graph, input.revision)
  return { revisions: await recordedLines(nodes, records, () => new Set()) }
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
