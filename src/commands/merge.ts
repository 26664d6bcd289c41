import { type MergeStatement, stateProof } from '../autogenerate/merge/describe.ts'
import { mergeOrders } from '../autogenerate/merge/orders.ts'
import { proveSomewhere } from '../autogenerate/merge/place.ts'
import { proveMerge } from '../autogenerate/merge/proof.ts'
import { openProject } from '../environment/project.ts'
import { readScripts } from '../environment/scripts.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import { oneHeadError } from '../revisions/rebase-errors.ts'
import { mergeMessage } from '../revisions/several-heads.ts'
import type { MergeInput } from './inputs.ts'
import { type Addition, directiveOf } from './new-revisions.ts'
import type { MergeResult } from './results/revision.ts'
import { writePlainRevision } from './write-revisions.ts'

/**
 * Writes a revision that joins others, once it is shown that these give the same schema in whatever
 * order they run.
 */
export async function merge(input: MergeInput): Promise<MergeResult> {
  const project = await openProject(input)
  const addition = { project, scripts: await readScripts(project), date: new Date() }
  const { revisions, message } = whatToJoin(addition.scripts.graph, input)
  const directive = directiveOf(addition, { ...input, head: revisions, message })
  const { downRevisions } = directive
  if (downRevisions.length < 2) {
    const only = downRevisions[0] === undefined ? 'nothing' : `${downRevisions[0]} alone`
    const message = `This merge joins nothing: it follows ${only}.`
    project.report({ type: 'progress', message })
  }
  const { verdict, sentences } =
    input.prove === false ? notAsked : await statementOn(addition, downRevisions)
  // Where a hook of env.ts may add operations, nothing is known of what undoes them.
  const downgradeLabel = project.config.revisionEnvironment ? undefined : 'exact'
  const [first, ...more] = await writePlainRevision(addition, directive, { downgradeLabel })
  return {
    id: directive.revId,
    message,
    path: undefined,
    downRevisions,
    ...first,
    ...(more.length === 0 ? {} : { more }),
    verdict,
    proof: sentences,
  }
}

const notAsked: MergeStatement = { verdict: 'unproved', sentences: ['not proved: --no-proof'] }

/** Without a word, every head is joined, and the message says so. */
function whatToJoin(
  { heads }: RevisionGraph,
  { revisions, message }: MergeInput,
): { readonly revisions: readonly string[]; readonly message: string } {
  if (revisions.length > 0) return { revisions, message: message ?? '' }
  if (heads.length < 2) throw oneHeadError(heads[0], 'merge')
  const ids = heads.map(head => head.id)
  return { revisions: ids, message: message ?? mergeMessage(ids) }
}

/** Runs the branches in each order, and tells what came of it. */
async function statementOn(
  { project, scripts }: Addition,
  branches: readonly string[],
): Promise<MergeStatement> {
  const orders = mergeOrders(scripts.graph, branches)
  if (orders.length < 2) return oneOrder
  const { report, config } = project
  const onProgress = (message: string) => report({ type: 'progress', message })
  const proof = await proveSomewhere(project, place =>
    proveMerge({ orders, scripts, place, onProgress }),
  )
  const statement = stateProof(proof, branches, config.directory)
  const type = statement.verdict === 'unproved' ? 'warning' : 'progress'
  for (const message of statement.sentences) report({ type, message })
  return statement
}

const oneOrder: MergeStatement = {
  verdict: 'proved',
  sentences: ['proved: there is only one order in which these can run'],
}
