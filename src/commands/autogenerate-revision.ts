import type { Comparison } from '../autogenerate/compare.ts'
import { proofNotes, proofSentences } from '../autogenerate/describe-proof.ts'
import { withHintedMappings, withMappings } from '../autogenerate/enum-mapping.ts'
import { type Proposals, propose } from '../autogenerate/propose.ts'
import type { RenameAnswers } from '../autogenerate/renames/answers.ts'
import { type ComparisonInHand, withComparison } from '../autogenerate/with-comparison.ts'
import { type Environment, loadEnvironment } from '../environment/environment.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { LimbeckError } from '../errors.ts'
import { describeAll } from '../operations/describe.ts'
import { hazards } from '../operations/hazards.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { RevisionDirective } from '../runtime/revision-directive.ts'
import { type ComparisonGround, groundOf } from './comparison-ground.ts'
import { comparisonNotes } from './comparison-notes.ts'
import { type Addition, chainOf, direct, placeDirectives } from './new-revisions.ts'
import { notModelled } from './not-modelled.ts'
import { expectKnown, otherMajorNotes } from './other-major.ts'
import type { RevisionResult } from './results/revision.ts'
import { type HookedProposal, writeProposals } from './write-proposals.ts'

/** A revision that autogenerate is asked for. */
export interface AutogenerateRequest extends Addition {
  readonly directive: RevisionDirective
  /** Write a file even when nothing has changed. */
  readonly allowEmpty: boolean
  /** Start from what the revisions make in an embedded PostgreSQL. */
  readonly isReplay: boolean
  /** In forms that keep nobody out of a table for long, in several revisions where they must be. */
  readonly isOnline: boolean
  /** What becomes of enum values that go, in words: `status.lost=open`. */
  readonly mappings: readonly string[]
  /** What is said of renames. */
  readonly renames: RenameAnswers
}

/** What a comparison has led to. */
interface Outcome {
  readonly comparison: Comparison
  readonly ground: ComparisonGround
  /** What is less than proved since scratch is of another major; mostly nothing. */
  readonly otherMajor: readonly string[]
  /** Absent where there is nothing to write. */
  readonly proposals: DirectedProposals | undefined
}

/** Writes a revision with what leads from the database to the target, if anything does. */
export async function autogenerateRevision(request: AutogenerateRequest): Promise<RevisionResult> {
  const { revId: id, message } = request.directive
  // Written only when env.ts has ended well.
  const { comparison, ground, otherMajor, proposals } = await compareAndPropose(request)
  const { renames } = comparison
  const unmodelled = notModelled(comparison)
  const found = { id, message, path: undefined, renames, notModelled: unmodelled, ...ground }
  if (proposals === undefined) {
    const { diff, target } = comparison
    return { ...found, changes: describeAll(diff.operations, target.defaultSchema) }
  }
  const { changes, proof, files, formNotes } = proposals
  const upgrade = files.flatMap(({ recorded }) => recorded.upgrade)
  const written = await writeProposals(request.project, files)
  const [first, ...more] = written.map(({ revision }) => revision)
  const dangers = hazards(upgrade, comparison.target.defaultSchema)
  const changed = written.filter(({ changedBy }) => changedBy.length > 0)
  return {
    ...found,
    ...first,
    ...(more.length === 0 ? {} : { more }),
    changes,
    proof: changed.length === 0 ? proofSentences(proof) : [],
    notes: [
      ...comparisonNotes(comparison),
      ...formNotes,
      ...dangers,
      ...proofNotes(proof, dangers),
      ...otherMajor,
      ...changed.map(afterTheProof),
    ],
  }
}

function afterTheProof({ revision, changedBy }: HookedProposal): string {
  const hooks = changedBy.map(name => `'${name}'`).join(', ')
  return `after the proof the post-write hook ${hooks} changed what ${revision.id} does, so nothing of it is proved`
}

async function compareAndPropose(request: AutogenerateRequest): Promise<Outcome> {
  const { project, scripts, isReplay, mappings } = request
  const renames = { ...request.renames, mapped: mappings }
  const environment = await loadEnvironment(project)
  const outcomes: Outcome[] = []
  let runs = 0
  await runEnvironment({
    project,
    environment,
    isReplay,
    work: async session => {
      if (++runs > 1) throw severalRuns(environment)
      const outcome = await withComparison(
        {
          project,
          environment,
          scripts,
          session,
          isReplay,
          renames,
          isQuick: !writesAnyway(request, session),
        },
        async inHand => {
          const proposals = await proposalsFor(request, { environment, session, ...inHand })
          const otherMajor = otherMajorNotes(session, inHand.scratch.opened)
          const { comparison } = inHand
          return { comparison, ground: groundOf(inHand), otherMajor, proposals }
        },
      )
      outcomes.push(outcome)
    },
  })
  return outcomes[0]!
}

/** Whether something may be written although nothing has changed. */
const writesAnyway = (
  { allowEmpty }: AutogenerateRequest,
  { processRevisionDirectives }: MigrationSession,
): boolean => allowEmpty || processRevisionDirectives !== undefined

/** Proposals, and what is to be known of the forms that their changes have. */
interface DirectedProposals extends Proposals {
  readonly formNotes: readonly string[]
}

interface ProposalGround extends ComparisonInHand {
  readonly environment: Environment
  readonly session: MigrationSession
}

async function proposalsFor(
  request: AutogenerateRequest,
  { environment, session, comparison, scratch }: ProposalGround,
): Promise<DirectedProposals | undefined> {
  const { directives, notes: formNotes } = await firstDirectives(request, comparison)
  const proposed = directives.flatMap(directive => structuredClone(directive.upgradeOperations))
  await direct(session, environment, directives)
  const wanted = directives.filter(
    directive => request.allowEmpty || directive.upgradeOperations.length > 0,
  )
  if (wanted.length === 0) return undefined
  const parts = placeDirectives(request, wanted, session)
  const requests = wanted.map((directive, index) => ({
    parts: parts[index]!,
    upgrade: directive.upgradeOperations,
    downgrade: directive.downgradeOperations,
  }))
  const { scriptContext } = session
  const ground = {
    dialect: comparison.dialect,
    comparison,
    proposed,
    scratch: await scratch.open(),
  }
  const proposals = await propose(requests, ground, scriptContext)
  expectKnown(
    session,
    proposals.files.flatMap(({ recorded }) => [...recorded.upgrade, ...recorded.downgrade]),
  )
  return { ...proposals, formNotes }
}

/** What was found, as a hook of env.ts gets to see it: one revision, or several where it is to be online. */
async function firstDirectives(
  { directive, isOnline, mappings }: AutogenerateRequest,
  { afterRenames: current, target, diff, hints }: Comparison,
): Promise<{ directives: RevisionDirective[]; notes: readonly string[] }> {
  const { defaultSchema } = target
  const hinted = withHintedMappings(diff.operations, hints, defaultSchema)
  const upgradeOperations = structuredClone(withMappings(hinted, mappings, defaultSchema))
  if (!isOnline || upgradeOperations.length === 0)
    return { directives: [{ ...directive, upgradeOperations }], notes: [] }
  const { onlineRevisions } = await import('../autogenerate/online/online-revisions.ts')
  const { revisions, notes } = onlineRevisions(upgradeOperations, { current, target })
  return { directives: chainOf(directive, revisions), notes }
}

/** One comparison makes one revision: what two databases lack does not fit into one upgrade. */
function severalRuns({ path }: Environment): LimbeckError {
  return new LimbeckError(
    'AUTOGENERATE_TWICE',
    `${path ?? 'env.ts'} calls context.runMigrations() more than once, and --autogenerate writes what one comparison finds.`,
    {
      facts: { path },
      hint: 'Nothing was written. Let env.ts choose one database, by `-n NAME` or by an argument of your own (`-x`).',
    },
  )
}
