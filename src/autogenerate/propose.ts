import type { Project } from '../environment/project.ts'
import { describeAll } from '../operations/describe.ts'
import type { Operation } from '../operations/operation.ts'
import { reverseAll } from '../operations/reverse.ts'
import type { NewRevision } from '../revisions/new-revision.ts'
import { recordScript } from '../runtime/recorded-step.ts'
import { formatCreateDate } from '../scripts/create-date.ts'
import {
  composeScript,
  loadNewScript,
  type NewScript,
  type ScriptParts,
} from '../scripts/new-script.ts'
import { renderScript } from '../scripts/render/render.ts'
import { labelOf } from './describe-proof.ts'
import { type Proof, prove } from './proof.ts'
import type { Rehearsal } from './rehearsal.ts'

/** A revision that is about to be written, with what was shown of it. */
export interface Proposal {
  readonly script: NewScript
  /** Each change in one line. */
  readonly changes: readonly string[]
  readonly proof: Proof
  /** What the file and `history` say of its downgrade: `exact`, `lossy: users.nick`, `unproved`. */
  readonly downgradeLabel: string
}

export interface ProposeOptions extends Rehearsal {
  readonly project: Project
  readonly revision: NewRevision
  readonly message: string
  readonly folder: string
}

/**
 * Renders what a comparison found, and proves the very text: it is loaded as it will be loaded, recorded
 * and run in scratch. The file is not written yet.
 */
export async function propose(options: ProposeOptions): Promise<Proposal> {
  const { diff, target } = options.comparison
  const { operations } = diff
  const parts = partsOf(operations, options)
  const script = await loadNewScript(await composeScript(parts))
  const recorded = {
    upgrade: recordScript(script, 'upgrade'),
    downgrade: recordScript(script, 'downgrade'),
  }
  const proof = await prove(recorded, options)
  const downgradeLabel = labelOf(proof)
  return {
    script: await composeScript({ ...parts, downgradeLabel }),
    changes: describeAll(operations, target.defaultSchema),
    proof,
    downgradeLabel,
  }
}

function partsOf(operations: readonly Operation[], options: ProposeOptions): ScriptParts {
  const { upgrade, downgrade, imports } = renderScript(operations, reverseAll(operations), {
    defaultSchema: options.comparison.target.defaultSchema,
  })
  return { ...emptyScript(options), imports, upgrades: upgrade, downgrades: downgrade }
}

/** The parts of a revision file without code. */
export function emptyScript({
  project: { config },
  revision,
  message,
  folder,
}: Pick<ProposeOptions, 'project' | 'revision' | 'message' | 'folder'>): ScriptParts {
  return {
    revision,
    message,
    createDate: formatCreateDate(new Date(), config.timezone),
    directory: config.scriptLocation,
    folder,
    truncateSlugLength: config.truncateSlugLength,
  }
}
