import { describeAll } from '../operations/describe.ts'
import { hashOperations } from '../operations/hash.ts'
import type { Operation } from '../operations/operation.ts'
import { reverseAll } from '../operations/reverse.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { recordScript } from '../runtime/recorded-step.ts'
import type { ScriptContext } from '../runtime/script-context.ts'
import { loadScript, type Script } from '../scripts/load-script.ts'
import { composeScript, loadNewScript, type NewScript } from '../scripts/new-script.ts'
import { type RenderOptions, renderScript } from '../scripts/render/render.ts'
import type { ScriptParts } from '../scripts/script-parts.ts'
import { withCheckedBodies } from './checked-bodies.ts'
import { labelOf } from './describe-proof.ts'
import { type Proof, prove, verdictOn } from './proof.ts'
import { joined, type RecordedProposal, type Rehearsal } from './rehearsal.ts'

/** A revision file that is wanted: its parts without code, and the code as operations. */
export interface ProposalRequest {
  readonly parts: ScriptParts
  readonly upgrade: readonly Operation[]
  /** Absent: what undoes the upgrade. */
  readonly downgrade?: readonly Operation[] | undefined
}

/** Where proposals are tried. */
export interface ProposalGround extends Omit<Rehearsal, 'isEdited'> {
  /** All that was proposed before a hook of env.ts could change it. */
  readonly proposed: readonly Operation[]
}

/** A revision that is about to be written. */
export interface Proposal {
  readonly script: NewScript
  /** What was proved: the operations that the text records. */
  readonly recorded: RecordedProposal
  /** What its functions were given beside `op`. */
  readonly context: ScriptContext
  /** What the file and `history` say of its downgrade: `exact`, `lossy: users.nick`, `unproved`. */
  readonly downgradeLabel: string
}

/** Revisions that are about to be written one after the other, with what was shown of them together. */
export interface Proposals {
  readonly files: readonly Proposal[]
  /** Each change in one line. */
  readonly changes: readonly string[]
  readonly proof: Proof
}

/**
 * Renders what a comparison found, and proves the very text: it is loaded as it will be loaded, recorded
 * and run in scratch. The files are not written yet.
 */
export async function propose(
  requests: readonly ProposalRequest[],
  options: ProposalGround,
  context: ScriptContext,
): Promise<Proposals> {
  const { defaultSchema } = options.comparison.target
  const operations = requests.flatMap(request => request.upgrade)
  const isEdited = hashOperations(operations) !== hashOperations(options.proposed)
  const drafts: Draft[] = []
  for (const request of await withCheckedRoutines(requests, options))
    drafts.push(await draft(request, defaultSchema, context))
  const proof = await prove(joined(drafts.map(({ recorded }) => recorded)), {
    ...options,
    isEdited: isEdited || requests.some(request => request.downgrade !== undefined),
  })
  const files: Proposal[] = []
  for (const [position, { parts, recorded }] of drafts.entries()) {
    const earlier = drafts.slice(0, position).flatMap(draft => draft.recorded.upgrade)
    const downgradeLabel = labelOf(verdictOn(recorded, defaultSchema, earlier))
    const script = await composeScript({ ...parts, downgradeLabel })
    files.push({ script, recorded, context, downgradeLabel })
  }
  return { files, changes: describeAll(operations, defaultSchema), proof }
}

/** The same with their downgrades, in which no routine goes unchecked that need not. */
async function withCheckedRoutines(
  requests: readonly ProposalRequest[],
  ground: ProposalGround,
): Promise<ProposalRequest[]> {
  const downgrades = requests.map(({ upgrade, downgrade }) => downgrade ?? reverseAll(upgrade))
  const upgrades = requests.map(({ upgrade }) => upgrade)
  const checked = await withCheckedBodies([...upgrades, ...downgrades.toReversed()], ground)
  return requests.map(({ parts }, position) => ({
    parts,
    upgrade: checked[position]!,
    downgrade: checked.at(-1 - position)!,
  }))
}

/** A script that was rendered and recorded again, before anything is known of its downgrade. */
interface Draft {
  readonly parts: ScriptParts
  readonly recorded: RecordedProposal
}

async function draft(
  request: ProposalRequest,
  defaultSchema: string,
  context: ScriptContext,
): Promise<Draft> {
  const parts = withCode(request, { ...context, defaultSchema })
  const script = await loadNewScript(await composeScript(parts))
  return { parts, recorded: recordBoth(script, context) }
}

/** The parts of a file with its code, written for where it will be recorded. */
export function withCode(
  { parts, upgrade, downgrade }: ProposalRequest,
  { defaultSchema, namingConvention }: RenderOptions,
): ScriptParts {
  const options = { defaultSchema, namingConvention }
  const code = renderScript(upgrade, downgrade ?? reverseAll(upgrade), options)
  return { ...parts, imports: code.imports, upgrades: code.upgrade, downgrades: code.downgrade }
}

/** Whether a file that was changed since still records what was proved. */
export async function isStillProved(
  revision: ScannedRevision,
  { recorded, context }: Pick<Proposal, 'recorded' | 'context'>,
): Promise<boolean> {
  const now = recordBoth(await loadScript(revision), context)
  return (
    hashOperations(now.upgrade) === hashOperations(recorded.upgrade) &&
    hashOperations(now.downgrade) === hashOperations(recorded.downgrade)
  )
}

function recordBoth(script: Script, context: ScriptContext): RecordedProposal {
  return {
    upgrade: recordScript(script, 'upgrade', context),
    downgrade: recordScript(script, 'downgrade', context),
  }
}
