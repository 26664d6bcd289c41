import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { replaceFile } from '../files/replace-file.ts'
import { planRebase } from '../revisions/rebase.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { readWhole, withDownRevision } from '../scripts/rewrite.ts'
import { readDatabaseHeads } from './database-heads.ts'
import type { RebaseInput } from './inputs.ts'
import type { RebaseResult } from './results.ts'

/**
 * Puts one's own line of revisions, which the database does not have, behind the other head. Only the
 * first file of the line changes, and in it only what it follows.
 */
export async function rebase(input: RebaseInput): Promise<RebaseResult> {
  const project = await openProject(input)
  const { graph } = await readScripts(project)
  const rows = graph.heads.length < 2 ? [] : await readDatabaseHeads(project)
  const plan = planRebase(graph, rows, input)
  const { id, path, downRevisions } = plan.first.revision as ScannedRevision
  replaceFile(path, await withDownRevision(path, readWhole(path), plan.onto.id))
  return {
    id,
    path,
    downRevisionsBefore: downRevisions,
    downRevisions: [plan.onto.id],
    heads: plan.graph.heads.map(head => head.id),
  }
}
