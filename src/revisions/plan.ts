import { LimbeckError } from '../errors.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import { newestFirst } from './order.ts'
import { resolveRows, type Target } from './resolve.ts'
import type { Revision } from './revision.ts'
import {
  applyRowChanges,
  assertNoOverlap,
  downgradeRows,
  type RowChanges,
  upgradeRows,
} from './rows.ts'
import { type DowngradeTarget, downgradeTarget, upgradeTargets } from './targets.ts'
import { ancestorsOf, descendantsOf, downAncestorsOf } from './traversal.ts'

export type { RowChanges }

export type StepDirection = 'upgrade' | 'downgrade' | 'stamp'

/** One revision to run, or one version row to stamp. */
export interface Step extends RowChanges {
  /** The revision run; of a stamp, the revision stamped, or the one taken away. */
  readonly revision: Revision
  readonly direction: StepDirection
  /** Where the step starts, as logs show it: ids without dependencies; empty at base. */
  readonly from: readonly string[]
  readonly to: readonly string[]
}

/** Ordered work that takes the version table from `headsBefore` to `headsAfter`. */
export interface Plan {
  readonly steps: readonly Step[]
  readonly headsBefore: readonly string[]
  readonly headsAfter: readonly string[]
  readonly warnings: readonly PlanWarning[]
}

/** Something about the request that deserves a word and does not prevent it. */
export interface PlanWarning {
  readonly code: 'AMBIGUOUS_RELATIVE_DOWNGRADE'
  readonly message: string
}

/** The way up from the version rows to a target. A target that is applied already needs no step. */
export function planUpgrade(graph: RevisionGraph, heads: readonly string[], target: Target): Plan {
  const rows = resolveRows(graph, heads)
  const targets = upgradeTargets(graph, rows, target)
  assertNoOverlap(targets, 'The requested revision')
  assertNoOverlap(rows, 'The version table is inconsistent: its row')
  const applied = ancestorsOf(rows)
  const needed = new Set([...ancestorsOf(targets)].filter(node => !applied.has(node)))
  return upgradePlan(heads, newestFirst(needed, targets).reverse())
}

function upgradePlan(heads: readonly string[], nodes: readonly RevisionNode[]): Plan {
  let rows = [...heads]
  const steps = nodes.map((node): Step => {
    const changes = upgradeRows(node, rows)
    rows = applyRowChanges(rows, changes)
    const { revision } = node
    return { revision, direction: 'upgrade', from: downIds(node), to: [node.id], ...changes }
  })
  return { steps, headsBefore: heads, headsAfter: rows, warnings: [] }
}

/** The way down from the version rows to a target, which stays; `base` takes everything down. */
export function planDowngrade(
  graph: RevisionGraph,
  heads: readonly string[],
  target: string,
): Plan {
  const rows = resolveRows(graph, heads)
  const where = downgradeTarget(graph, rows, target)
  const undone = appliedAbove(rootsAbove(graph, where), rows)
  assertBelow(where, rows, undone)
  const plan = downgradePlan(heads, newestFirst(undone, rows), ancestorsOf(rows))
  return where.isAmbiguous ? { ...plan, warnings: [ambiguousWarning(target, heads)] } : plan
}

/** The first revisions above a downgrade's target, along its branch if one is named. */
export function rootsAbove(
  graph: RevisionGraph,
  { position, branch }: DowngradeTarget,
): readonly RevisionNode[] {
  const above = position === 'base' ? graph.bases : position.nextRevisions
  return branch && above.length > 1 ? alongBranch(above, branch) : above
}

/** The roots and all that follows or depends on them, as far as it is applied. */
export function appliedAbove(
  roots: readonly RevisionNode[],
  rows: readonly RevisionNode[],
): Set<RevisionNode> {
  const applied = ancestorsOf(rows)
  return new Set([...descendantsOf(roots)].filter(node => applied.has(node)))
}

/** Refuses a target with nothing applied above it, unless it is where the database is. */
export function assertBelow(
  { position, branch }: DowngradeTarget,
  rows: readonly RevisionNode[],
  undone: ReadonlySet<RevisionNode>,
): void {
  if (undone.size > 0 || position === 'base' || rows.includes(position)) return
  const current = rows.map(row => row.id)
  const where = current.length === 0 ? 'base' : current.join(', ')
  throw new LimbeckError(
    'REVISION_NOT_AN_ANCESTOR',
    `Nothing that is applied${branch === undefined ? '' : ` on the branch of ${branch.id}`} follows revision ${position.id}, so there is no way down to it from ${where}.`,
    {
      facts: { revision: position.id, current },
      hint: '`limbeck current` shows where the database is, `limbeck upgrade` goes up.',
    },
  )
}

function alongBranch(roots: readonly RevisionNode[], branch: RevisionNode): RevisionNode[] {
  const below = downAncestorsOf([branch])
  const along = roots.filter(root => below.has(root))
  if (along.length === 0) throw wrongBranchError(branch, roots)
  return along
}

function downgradePlan(
  heads: readonly string[],
  nodes: readonly RevisionNode[],
  applied: Set<RevisionNode>,
): Plan {
  let rows = [...heads]
  const steps = nodes.map((node): Step => {
    const changes = downgradeRows(node, rows, applied)
    applied.delete(node)
    rows = applyRowChanges(rows, changes)
    const { revision } = node
    return { revision, direction: 'downgrade', from: [node.id], to: downIds(node), ...changes }
  })
  return { steps, headsBefore: heads, headsAfter: rows, warnings: [] }
}

const downIds = (node: RevisionNode) => node.downRevisions.map(down => down.id)

function ambiguousWarning(target: string, heads: readonly string[]): PlanWarning {
  return {
    code: 'AMBIGUOUS_RELATIVE_DOWNGRADE',
    message: `'${target}' is ambiguous with several current revisions (${heads.join(', ')}): ${heads[0]} goes down. Name the branch, as in <branch>@${target}.`,
  }
}

function wrongBranchError(branch: RevisionNode, roots: readonly RevisionNode[]): LimbeckError {
  const ids = roots.map(root => root.id)
  return new LimbeckError(
    'REVISION_NOT_AN_ANCESTOR',
    `The branch of ${branch.id} does not go through any of the revisions above the target: ${ids.join(', ')}.`,
    {
      facts: { branch: branch.id, above: ids },
      hint: 'Name the branch that is to go down, or leave the branch out to take down all of them.',
    },
  )
}
