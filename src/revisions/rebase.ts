import { LimbeckError } from '../errors.ts'
import { buildGraph } from './graph.ts'
import { isHead, type RevisionGraph, type RevisionNode } from './nodes.ts'
import {
  alreadyBelowError,
  appliedError,
  bothAppliedError,
  dependedOnError,
  joinsOtherLineError,
  noSharedRevisionError,
  oneHeadError,
  severalBeginningsError,
  whichError,
  wholeLineSharedError,
} from './rebase-errors.ts'
import { resolveRevision, resolveRows } from './resolve.ts'
import { ancestorsOf, downAncestorsOf, nextDescendantsOf } from './traversal.ts'

/** What is asked of a rebase; both ends have defaults. */
export interface RebaseRequest {
  /** A revision of one's own line; by default the line of two that is not applied. */
  readonly revision?: string | undefined
  /** The head that the line shall follow; by default the other one. */
  readonly onto?: string | undefined
}

/** A line of revisions that gets another place in the graph, by the first of them. */
export interface Rebase {
  /** The first revision of the line: it gets another down revision. */
  readonly first: RevisionNode
  readonly onto: RevisionNode
  /** What the graph becomes. */
  readonly graph: RevisionGraph
}

/** Finds what a rebase moves and where, and refuses one that would break the graph or a database. */
export function planRebase(
  graph: RevisionGraph,
  rows: readonly string[],
  request: RebaseRequest,
): Rebase {
  const applied = ancestorsOf(resolveRows(graph, rows))
  const { own, onto } = endsOf(graph, applied, request)
  const line = lineOf(own, onto)
  const first = firstOf(line, own, onto)
  if (first.downRevisions.length === 0 && request.revision === undefined)
    throw noSharedRevisionError(own, onto)
  const there = [...line].filter(node => applied.has(node))
  if (there.length > 0) throw appliedError(there, first)
  const stranger = dependentIn(onto, line)
  if (stranger) throw dependedOnError(stranger, first)
  return { first, onto, graph: moved(graph, first, onto) }
}

interface Ends {
  readonly own: RevisionNode
  readonly onto: RevisionNode
}

function endsOf(
  graph: RevisionGraph,
  applied: ReadonlySet<RevisionNode>,
  request: RebaseRequest,
): Ends {
  const { revision, onto: ontoText } = request
  const onto = ontoText === undefined ? undefined : headNamed(graph, ontoText)
  if (revision !== undefined) {
    const own = revisionNamed(graph, revision)
    return { own, onto: onto ?? otherHead(graph, own) }
  }
  const { heads } = graph
  if (heads.length < 2) throw oneHeadError(heads[0], 'rebase')
  if (!onto && heads.length > 2) throw whichError(heads)
  const own = heads.filter(head => head !== onto)
  const other = (head: RevisionNode) => onto ?? own.find(one => one !== head)!
  return onlyFree(
    own.map(head => ({ own: head, onto: other(head) })),
    applied,
  )
}

/** Of several that could be meant, the one whose line has not been applied. */
function onlyFree(candidates: readonly Ends[], applied: ReadonlySet<RevisionNode>): Ends {
  const [only, ...others] = candidates
  if (only && others.length === 0) return only
  const free = candidates.filter(
    ({ own, onto }) => ![...lineOf(own, onto)].some(node => applied.has(node)),
  )
  if (!free[0]) throw bothAppliedError(candidates.map(({ own }) => own))
  if (free.length > 1) throw whichError(candidates.map(({ own }) => own))
  return free[0]
}

function revisionNamed(graph: RevisionGraph, text: string): RevisionNode {
  const node = resolveRevision(graph, text)
  if (node) return node
  throw new LimbeckError('REVISION_NOT_FOUND', `'${text}' stands for no revision.`, {
    facts: { argument: text },
    hint: 'Name a revision; `limbeck heads` lists those that nothing follows.',
  })
}

function headNamed(graph: RevisionGraph, text: string): RevisionNode {
  const node = revisionNamed(graph, text)
  if (isHead(node)) return node
  const followers = node.nextRevisions.map(next => next.id)
  throw new LimbeckError(
    'REVISION_NOT_A_HEAD',
    `Revision ${node.id} is followed by ${followers.join(', ')} already.`,
    {
      facts: { revision: node.id, followedBy: followers },
      hint: 'A line is moved onto a head: `limbeck heads` lists them.',
    },
  )
}

/** The head to follow where only one's own line was named. */
function otherHead(graph: RevisionGraph, own: RevisionNode): RevisionNode {
  const above = nextDescendantsOf([own])
  const others = graph.heads.filter(head => !above.has(head))
  const [other] = others
  if (graph.heads.length < 2) throw oneHeadError(graph.heads[0], 'rebase')
  if (!other) throw wholeLineSharedError(own, graph.heads)
  if (others.length > 1) throw whichError(others, own)
  return other
}

/** What leads to one's own revision and is not below the other. */
function lineOf(own: RevisionNode, onto: RevisionNode): Set<RevisionNode> {
  const below = downAncestorsOf([onto])
  return new Set([...downAncestorsOf([own])].filter(node => !below.has(node)))
}

/** The only revision that the line begins with. */
function firstOf(
  line: ReadonlySet<RevisionNode>,
  own: RevisionNode,
  onto: RevisionNode,
): RevisionNode {
  if (line.size === 0) throw alreadyBelowError(own, onto)
  const inLine = (node: RevisionNode) => line.has(node)
  const [first, ...others] = [...line].filter(node => !node.downRevisions.some(inLine))
  // Revisions do not follow each other in a circle, so there is a first one.
  if (others.length > 0) throw severalBeginningsError(own, [first!, ...others])
  const joint = [...line].find(node => node !== first && !node.downRevisions.every(inLine))
  if (joint)
    throw joinsOtherLineError(
      joint,
      joint.downRevisions.filter(node => !inLine(node)),
    )
  return first!
}

/** A revision at or below `onto` that depends on one of the line. */
function dependentIn(
  onto: RevisionNode,
  line: ReadonlySet<RevisionNode>,
): RevisionNode | undefined {
  return [...ancestorsOf([onto])].find(node => node.parents.some(parent => line.has(parent)))
}

/** The graph as it will be; one that cannot be is an error here already. */
function moved(graph: RevisionGraph, first: RevisionNode, onto: RevisionNode): RevisionGraph {
  const revisions = graph.nodes.map(({ revision }) =>
    revision === first.revision ? { ...revision, downRevisions: [onto.id] } : revision,
  )
  return buildGraph(revisions)
}
