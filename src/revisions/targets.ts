import { LimbeckError } from '../errors.ts'
import { type Identifier, parseIdentifier } from './identifier.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import {
  outOfRangeError,
  resolveBranch,
  resolveRevisions,
  startOf,
  type Target,
  type WalkOptions,
  walkFrom,
} from './resolve.ts'
import { ancestorsOf, currentRevisions, lineageOf, tipsOf } from './traversal.ts'
import type { Position } from './walk.ts'

type Clipping = Pick<WalkOptions, 'clip'>

/** What an upgrade's argument stands for, when the database is at `rows`. */
export function upgradeTargets(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  target: Target,
  { clip }: Clipping = {},
): RevisionNode[] {
  if (typeof target !== 'string') return resolveRevisions(graph, target)
  const identifier = parseIdentifier(target, graph.names)
  const { branch, offset, symbol } = identifier
  if (offset === undefined) return resolveRevisions(graph, target)
  if (symbol === undefined && !(offset > 0)) {
    const way = clip || offset === 0 ? undefined : `\`limbeck downgrade ${target}\` goes down.`
    throw outOfRangeError(identifier, { hint: way })
  }
  const carrier = branch === undefined ? undefined : resolveBranch(graph, branch)
  const start =
    symbol === undefined ? upgradeStart(identifier, rows, carrier) : startOf(graph, identifier)
  const end = walkFrom(graph, start, identifier, { branch: carrier, clip })
  return end === 'base' ? [] : [end]
}

/** Where `+n` counts from: the row, or what is applied of the branch that is asked for. */
function upgradeStart(
  identifier: Identifier,
  rows: readonly RevisionNode[],
  branch: RevisionNode | undefined,
): Position {
  const starts = branch ? appliedOf(branch, rows) : rows
  if (starts.length > 1) throw startAmbiguousError(identifier, starts)
  return starts[0] ?? 'base'
}

function startAmbiguousError(identifier: Identifier, starts: readonly RevisionNode[]) {
  const { text, offset = 0 } = identifier
  const ids = starts.map(node => node.id)
  return new LimbeckError(
    'RELATIVE_START_AMBIGUOUS',
    `'${text}' could start from each of the current revisions ${ids.join(', ')}.`,
    {
      facts: { argument: text, current: ids },
      hint: `Name the branch, as in <branch>@${signed(offset)}, or the revision to go to.`,
    },
  )
}

const signed = (offset: number) => (offset > 0 ? `+${offset}` : String(offset))

function appliedOf(branch: RevisionNode, rows: readonly RevisionNode[]): RevisionNode[] {
  const lineage = lineageOf([branch])
  const there = rows.filter(row => lineage.has(row))
  if (there.length > 0) return there
  return tipsOf(new Set([...ancestorsOf(rows)].filter(node => lineage.has(node))))
}

/** What a downgrade's argument stands for: how far down, and along which branch only. */
export interface DowngradeTarget {
  readonly position: Position
  readonly branch?: RevisionNode | undefined
  /** `-n` with several rows: the first of them decided. */
  readonly isAmbiguous?: boolean | undefined
}

/** What a downgrade's argument stands for, when the database is at `rows`. */
export function downgradeTarget(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  target: string,
  { clip }: Clipping = {},
): DowngradeTarget {
  const identifier = parseIdentifier(target, graph.names)
  const { branch, symbol } = identifier
  const carrier = branch === undefined ? undefined : resolveBranch(graph, branch)
  if (symbol === undefined)
    return relativeDowngrade(graph, rows, identifier, { branch: carrier, clip })
  const start = startOf(graph, identifier)
  const position = walkFrom(graph, start, identifier, { branch: carrier, clip })
  return { position, branch: carrier }
}

function relativeDowngrade(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
  identifier: Identifier,
  { branch, clip }: WalkOptions,
): DowngradeTarget {
  const { offset = 0, text } = identifier
  if (offset > 0 && !clip) {
    throw outOfRangeError(identifier, { hint: `\`limbeck upgrade ${text}\` goes up.` })
  }
  const starts = branch ? currentOn(graph, branch, rows) : [...new Set(rows)]
  const [start] = starts
  if (start === undefined) throw outOfRangeError(identifier, { hint: nothingApplied(branch) })
  if (!(offset < 0)) throw outOfRangeError(identifier)
  if (branch && starts.length > 1) throw startAmbiguousError(identifier, starts)
  const position = walkFrom(graph, start, identifier, { clip })
  return { position, branch: branch ?? start, isAmbiguous: starts.length > 1 }
}

const nothingApplied = (branch: RevisionNode | undefined): string =>
  branch === undefined
    ? 'Nothing is applied: the database is at base.'
    : `The database is at no revision on the branch of ${branch.id}.`

function currentOn(
  graph: RevisionGraph,
  branch: RevisionNode,
  rows: readonly RevisionNode[],
): RevisionNode[] {
  const lineage = lineageOf([branch])
  const there = [...new Set(rows)].filter(row => lineage.has(row))
  if (there.length > 0) return there
  return currentRevisions(graph, rows).filter(node => lineage.has(node))
}
