import { LimbeckError } from '../errors.ts'
import { parseIdentifier } from './identifier.ts'
import { isBranchPoint, type RevisionGraph, type RevisionNode } from './nodes.ts'
import { newestFirst } from './order.ts'
import { appliedAbove, assertBelow, rootsAbove } from './plan.ts'
import { resolveBranch, resolveRevisions, resolveRows, type Target } from './resolve.ts'
import { assertNoOverlap } from './rows.ts'
import { downgradeTarget, upgradeTargets } from './targets.ts'
import { ancestorsOf, lineageOf, nextDescendantsOf, tipsOf } from './traversal.ts'

/** The two ends of `start:end`; an end left out is undefined. */
export interface RevisionRange {
  readonly start?: string | undefined
  readonly end?: string | undefined
}

/** Reads `start:end`, `start:` or `:end`. */
export function parseRange(text: string): RevisionRange {
  const ends = text.trim().split(':')
  if (ends.length === 2) return { start: ends[0] || undefined, end: ends[1] || undefined }
  throw new LimbeckError('REVISION_RANGE_INVALID', `'${text}' is not a range of revisions.`, {
    facts: { argument: text },
    hint: 'Write start:end, start: or :end.',
  })
}

/** Whether a range speaks of where the database is. */
export function namesCurrent({ start, end }: RevisionRange): boolean {
  return start === 'current' || end === 'current'
}

/** The revisions of a range, newest first; `current` are the version rows, where a database was asked. */
export function history(
  graph: RevisionGraph,
  range: RevisionRange = {},
  current: readonly string[] = [],
): RevisionNode[] {
  if (range.end === 'current' && current.length === 0) return []
  const rows = namesCurrent(range) ? resolveRows(graph, current).map(row => row.id) : []
  const end = (name: string) => (name === 'current' ? rows : name)
  const upper = end(range.end ?? 'heads')
  const lower = end(range.start ?? 'base')
  return revisionsBetween(graph, upper, lower, { inclusive: true, clip: true })
}

/** The revisions that several others follow, newest first. */
export function branchPoints(graph: RevisionGraph): RevisionNode[] {
  return history(graph).filter(isBranchPoint)
}

export interface BetweenOptions {
  /** The lower end belongs to the result. */
  readonly inclusive?: boolean | undefined
  /** Whatever the upper end needs is listed, not only what lies above the lower end. */
  readonly implicitBase?: boolean | undefined
  /** A relative end that leads past the end of the graph stops there. */
  readonly clip?: boolean | undefined
}

/** The revisions from `upper` down to `lower`, newest first. */
export function revisionsBetween(
  graph: RevisionGraph,
  upper: Target,
  lower: Target,
  options: BetweenOptions = {},
): RevisionNode[] {
  const stretches = stretchesOf(graph, upper, lower, options)
  assertNoOverlap(
    stretches.flatMap(({ targets }) => targets),
    'The requested revision',
  )
  const listed = new Set<RevisionNode>()
  for (const stretch of stretches) {
    if (!options.implicitBase && !isRelated(stretch)) throw notRelatedError(stretch, upper, lower)
    for (const node of within(stretch, options)) listed.add(node)
  }
  return newestFirst(listed, tipsOf(listed))
}

/** A part of the graph: from the targets down to the start, or to the bases where there is none. */
interface Stretch {
  readonly targets: readonly RevisionNode[]
  readonly start: readonly RevisionNode[]
}

const isRelated = ({ targets, start }: Stretch): boolean => {
  const needed = ancestorsOf(targets)
  return start.every(node => needed.has(node))
}

function within({ targets, start }: Stretch, options: BetweenOptions): Set<RevisionNode> {
  assertNoOverlap(start, 'The requested revision')
  const needed = ancestorsOf(targets)
  for (const node of ancestorsOf(start)) needed.delete(node)
  if (options.inclusive) for (const node of start) needed.add(node)
  if (start.length === 0 || options.implicitBase) return needed
  const above = nextDescendantsOf(start)
  return new Set([...needed].filter(node => above.has(node)))
}

/** The revisions a downgrade of `upper` to `lower` would take down, in that order. */
export function revisionsToUndo(
  graph: RevisionGraph,
  upper: Target,
  lower: string,
  options: BetweenOptions = {},
): RevisionNode[] {
  const rows = resolveRevisions(graph, upper)
  const where = downgradeTarget(graph, rows, lower, options)
  const { position } = where
  const roots = options.inclusive && position !== 'base' ? [position] : rootsAbove(graph, where)
  const undone = appliedAbove(roots, rows)
  if (options.implicitBase) {
    const beside = ancestorsOf(roots)
    for (const node of ancestorsOf(rows)) if (!beside.has(node)) undone.add(node)
  }
  assertBelow(where, rows, undone)
  return newestFirst(undone, rows)
}

/**
 * A relative end counts from the other one: `+2` up from the start, `-2` down from the end, and from
 * each of several ends for itself.
 */
function stretchesOf(
  graph: RevisionGraph,
  upper: Target,
  lower: Target,
  options: BetweenOptions,
): Stretch[] {
  if (typeof lower === 'string' && isUnanchored(graph, lower)) {
    const targets = onBranchOf(graph, lower, upgradeTargets(graph, [], upper, options))
    return targets.map(target => {
      const { position } = downgradeTarget(graph, [target], lower, options)
      return { targets: [target], start: position === 'base' ? [] : [position] }
    })
  }
  const start = resolveRevisions(graph, lower)
  const targets = upgradeTargets(graph, start, upper, options)
  return [{ targets: onBranchOf(graph, lower, targets), start }]
}

function isUnanchored(graph: RevisionGraph, text: string): boolean {
  const { symbol, offset } = parseIdentifier(text, graph.names)
  return symbol === undefined && offset !== undefined
}

/** `label@base` or `label@-2` as the lower end leaves only that branch. */
function onBranchOf(graph: RevisionGraph, lower: Target, targets: RevisionNode[]): RevisionNode[] {
  if (typeof lower !== 'string') return targets
  const { branch } = parseIdentifier(lower, graph.names)
  if (branch === undefined) return targets
  const lineage = lineageOf([resolveBranch(graph, branch)])
  return targets.filter(target => lineage.has(target))
}

function notRelatedError(stretch: Stretch, upper: Target, lower: Target): LimbeckError {
  const range = [lower, upper].map(end => (typeof end === 'string' ? end : end.join(', ')))
  const isSwapped = isRelated({ targets: stretch.start, start: stretch.targets })
  return new LimbeckError(
    'REVISION_NOT_AN_ANCESTOR',
    `${range[0]} is not below ${range[1]}, so there are no revisions between them.`,
    {
      facts: { start: range[0], end: range[1] },
      hint: isSwapped
        ? `The older revision comes first: ${range[1]}:${range[0]}.`
        : 'Give two revisions of the same branch, the older one first.',
    },
  )
}
