import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import { branchPoints } from '../revisions/history.ts'
import type { BranchesInput } from './inputs.ts'
import type { BranchesResult } from './results/graph.ts'
import { revisionLine } from './revision-line.ts'

/** Lists the revisions that several others follow, and these. */
export async function branches(input: BranchesInput): Promise<BranchesResult> {
  const { graph } = await readScripts(await openProject(input))
  return {
    branchPoints: branchPoints(graph).map(node => ({
      revision: revisionLine(node),
      children: node.nextRevisions.map(next => revisionLine(next)),
    })),
  }
}
