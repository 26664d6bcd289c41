import type { Project } from '../environment/project.ts'
import { describeAll } from '../operations/describe.ts'
import type { Loss } from '../operations/loss.ts'
import type { Operation } from '../operations/operation.ts'
import { reverseAll } from '../operations/reverse.ts'
import type { NewRevision } from '../revisions/new-revision.ts'
import { recordScript } from '../runtime/recorded-step.ts'
import { formatCreateDate } from '../scripts/create-date.ts'
import { type Draft, type DraftParts, draftScript, loadDraft } from '../scripts/draft.ts'
import { renderScript } from '../scripts/render/render.ts'
import { type Proof, prove } from './proof.ts'
import type { Rehearsal } from './rehearsal.ts'

/** A revision that is about to be written, with what was shown of it. */
export interface Proposal {
  readonly draft: Draft
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
  const parts = draftParts(operations, options)
  const script = await loadDraft(await draftScript(parts))
  const recorded = {
    upgrade: recordScript(script, 'upgrade'),
    downgrade: recordScript(script, 'downgrade'),
  }
  const proof = await prove(recorded, options)
  const downgradeLabel = labelOf(proof)
  return {
    draft: await draftScript({ ...parts, downgradeLabel }),
    changes: describeAll(operations, target.defaultSchema),
    proof,
    downgradeLabel,
  }
}

function draftParts(operations: readonly Operation[], options: ProposeOptions): DraftParts {
  const { upgrade, downgrade, imports } = renderScript(operations, reverseAll(operations), {
    defaultSchema: options.comparison.target.defaultSchema,
  })
  return { ...emptyDraft(options), imports, upgrades: upgrade, downgrades: downgrade }
}

/** The parts of a revision file without code. */
export function emptyDraft({
  project: { config },
  revision,
  message,
  folder,
}: Pick<ProposeOptions, 'project' | 'revision' | 'message' | 'folder'>): DraftParts {
  return {
    revision,
    message,
    createDate: formatCreateDate(new Date(), config.timezone),
    directory: config.scriptLocation,
    folder,
    truncateSlugLength: config.truncateSlugLength,
  }
}

function labelOf({ downgrade, loses }: Proof): string {
  return downgrade === 'lossy' ? `lossy: ${namesOf(loses)}` : downgrade
}

/** What a proof shows, in sentences. */
export function proofSentences({ downgrade, loses }: Proof): string[] {
  return [
    'upgrade reaches the models',
    {
      exact: 'downgrade restores the database exactly',
      lossy: `downgrade restores the schema, not the values of ${namesOf(loses)}`,
      unproved: 'downgrade runs code written by hand, which is not proved',
    }[downgrade],
  ]
}

/** What a reader should know beside the proof, in sentences. */
export function proofNotes({ givesUp, rows }: Proof): string[] {
  return [
    ...(givesUp.length > 0
      ? [`a downgrade gives up what was written after the upgrade to ${fewOf(givesUp)}`]
      : []),
    ...(rows?.refusal === undefined
      ? []
      : [`on tables with rows the database refuses it: ${rows.refusal}`]),
    ...(rows?.unchecked ?? []).map(
      ({ table, reason }) => `rows of ${table} were not followed: ${reason}`,
    ),
  ]
}

const namesOf = (losses: readonly Loss[]) => losses.map(loss => loss.what).join(', ')

const mostNames = 5

/** For a note: the first names, and how many more there are. */
function fewOf(losses: readonly Loss[]): string {
  if (losses.length <= mostNames) return namesOf(losses)
  return `${namesOf(losses.slice(0, mostNames))} and ${losses.length - mostNames} more`
}
