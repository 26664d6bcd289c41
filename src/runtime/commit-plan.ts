import { LimbeckError } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { StepItem } from '../operations/statement.ts'
import { type BoundaryReason, boundaryText, type CommitBoundary } from './commit-boundary.ts'
import { NewValues } from './new-values.ts'
import type { RecordedStep } from './recorded-step.ts'
import type { RemainingStep } from './resume.ts'

/** Where a step is cut into transactions. */
export interface StepCommits {
  /** Before all of it. */
  readonly before?: CommitBoundary | undefined
  /** Within it, by the places of the items that they come before. */
  readonly within: ReadonlyMap<number, CommitBoundary>
}

export interface CommitPlanOptions {
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration: boolean
  /** A script is written, where a backfill is one statement. */
  readonly isOffline?: boolean | undefined
}

/** The commits that steps need, known before anything runs. */
export function planCommits(
  steps: readonly (RecordedStep & Partial<RemainingStep>)[],
  options: CommitPlanOptions,
): StepCommits[] {
  const values = new NewValues()
  return steps.map(remaining => commitsOf(remaining, values, options))
}

function commitsOf(
  { step, items, done = 0 }: RecordedStep & Partial<RemainingStep>,
  values: NewValues,
  { transactionPerMigration, isOffline = false }: CommitPlanOptions,
): StepCommits {
  const boundary = (item: StepItem, reason: BoundaryReason): CommitBoundary => {
    values.clear()
    return { revision: step.revision.id, sql: textOf(item), reason }
  }
  const left = items.slice(done)
  const outside = left.findIndex(item => outsideReason(item, isOffline) !== undefined)
  const inside = outside < 0 ? left : left.slice(0, outside)
  const user = inside.find(item => values.mayBeUsedBy(item))
  const before = user && boundary(user, 'newValue')
  const within = new Map<number, CommitBoundary>()
  for (const [place, item] of items.entries()) {
    if (place < done) continue
    const reason = outsideReason(item, isOffline)
    if (reason !== undefined) within.set(place, boundary(item, reason))
    else if (values.mayBeUsedBy(item)) within.set(place, boundary(item, 'newValue'))
    if (reason === undefined && !('kind' in item)) values.follow(item)
  }
  // What was committed in part is committed whole as soon as it is done.
  if (transactionPerMigration || within.size > 0 || done > 0) values.clear()
  return { before, within }
}

function outsideReason(item: StepItem, isOffline: boolean): BoundaryReason | undefined {
  if (!('kind' in item)) {
    if (item.transactional) return undefined
    return item.operation?.autocommit ? 'autocommit' : 'outside'
  }
  if (item.kind === 'backfill' && !isOffline) return 'backfill'
  return item.kind === 'run' && item.autocommit ? 'autocommit' : undefined
}

/** An item in a line: its SQL, or what it does. */
function textOf(item: StepItem): string {
  if (!('kind' in item)) return item.sql
  return item.kind === 'run' ? 'op.run' : describe(item).replace('~ ', 'op.')
}

/** All boundaries of a plan, in order. */
export const boundariesOf = (commits: readonly StepCommits[]): CommitBoundary[] =>
  commits.flatMap(({ before, within }) => [...(before ? [before] : []), ...within.values()])

/** Refuses a plan that cannot be all or nothing. */
export function expectAtomic(boundaries: readonly CommitBoundary[]): void {
  if (boundaries.length === 0) return
  throw new LimbeckError(
    'ATOMIC_IMPOSSIBLE',
    [
      'This cannot be one transaction, so nothing was run:',
      ...boundaries.map(boundary => `  ${boundaryText(boundary)}`),
    ].join('\n'),
    {
      facts: { commits: boundaries },
      hint: 'Leave --atomic out: then what came before a commit stays where something fails after it. Or put these steps into a run of their own.',
    },
  )
}
