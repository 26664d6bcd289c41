import { otherAuthorOf } from '../environment/git-history.ts'
import { openProject, type Project } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { replaceFile } from '../files/replace-file.ts'
import { planRebase, type Rebase } from '../revisions/rebase.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { readWhole, withDownRevision } from '../scripts/rewrite.ts'
import { readDatabaseHeads } from './database-heads.ts'
import type { RebaseInput } from './inputs.ts'
import type { RebaseResult } from './results/revision.ts'

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
  if (input.revision === undefined) await warnOfOthers(project, path, plan)
  return {
    id,
    path,
    downRevisionsBefore: downRevisions,
    downRevisions: [plan.onto.id],
    heads: plan.graph.heads.map(head => head.id),
  }
}

/** The database only tells which line it does not have; that may as well be the one of somebody else. */
async function warnOfOthers(
  project: Project,
  path: string,
  { first, onto }: Rebase,
): Promise<void> {
  const author = await otherAuthorOf(path)
  if (author === undefined) return
  project.report({
    type: 'warning',
    message: `${first.id} was taken for yours, since this database does not have it, and git says that ${author} wrote it. A database that has run it would be taken to have ${onto.id} too: where there is one, take this change back and run \`limbeck merge\`.`,
  })
}
