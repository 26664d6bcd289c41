import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { type Identifier, parseIdentifier } from './identifier.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import type { ScannedRevision } from './revision.ts'
import { multipleHeadsError } from './several-heads.ts'
import { revisionLine } from './spoken-revision.ts'
import { lineageOf } from './traversal.ts'
import { type Position, walk } from './walk.ts'

/** A revision argument: one identifier, or several. */
export type Target = string | readonly string[]

/** The revisions an argument stands for; none for `base`. A bare `-n` counts down from every head. */
export function resolveRevisions(graph: RevisionGraph, target: Target): RevisionNode[] {
  if (typeof target !== 'string') return target.flatMap(text => resolveRevisions(graph, text))
  const identifier = parseIdentifier(target, graph.names)
  if (identifier.offset === undefined) return resolveSymbol(graph, identifier)
  return resolveOffset(graph, identifier).filter(position => position !== 'base')
}

/** The one revision an argument stands for; undefined for `base`. */
export function resolveRevision(graph: RevisionGraph, text: string): RevisionNode | undefined {
  const revisions = resolveRevisions(graph, text)
  if (revisions.length > 1) throw multipleHeadsError(graph, text, revisions)
  return revisions[0]
}

/** Where a walk from `label@symbol` starts. */
export function startOf(graph: RevisionGraph, identifier: Identifier): Position {
  const found = resolveSymbol(graph, identifier)
  if (found.length > 1) throw multipleHeadsError(graph, identifier.text, found)
  return found[0] ?? 'base'
}

/** The revision that carries a label, or that stands for the branch it is on. */
export function resolveBranch(graph: RevisionGraph, name: string): RevisionNode {
  const found = candidatesFor(graph, name)
  if (found.length > 1) throw ambiguousError(name, found)
  if (!found[0]) throw branchNotFoundError(graph, name)
  return found[0]
}

/** The version rows as revisions. A row that no file knows is an error: nothing can start from it. */
export function resolveRows(graph: RevisionGraph, rows: readonly string[]): RevisionNode[] {
  const known = (id: string) => graph.names.get(id)?.id === id
  const unknown = [...new Set(rows)].filter(id => !known(id))
  if (unknown.length > 0) throw unknownRowsError(unknown)
  return rows.map(id => graph.names.get(id)!)
}

function resolveSymbol(graph: RevisionGraph, identifier: Identifier): RevisionNode[] {
  const { branch, symbol = '' } = identifier
  const carrier = branch === undefined ? undefined : resolveBranch(graph, branch)
  switch (symbol) {
    case 'base':
      return []
    case 'heads':
      return carrier ? within(graph.heads, carrier) : [...graph.realHeads]
    case 'head': {
      const heads = carrier ? within(graph.heads, carrier) : [...graph.heads]
      if (heads.length > 1) throw multipleHeadsError(graph, identifier.text, heads)
      return heads
    }
    default:
      return [findRevision(graph, symbol, carrier)]
  }
}

function resolveOffset(graph: RevisionGraph, identifier: Identifier): Position[] {
  const { branch, symbol, offset = 0 } = identifier
  const carrier = branch === undefined ? undefined : resolveBranch(graph, branch)
  if (symbol === undefined && offset >= 0) throw outOfRangeError(identifier)
  const heads = carrier ? within(graph.realHeads, carrier) : graph.realHeads
  const starts = symbol === undefined ? heads : [startOf(graph, identifier)]
  return starts.map(start => walkFrom(graph, start, identifier, { branch: carrier }))
}

export interface WalkOptions {
  /** Decides at a fork. */
  readonly branch?: RevisionNode | undefined
  /** Stop at the end of the graph where the walk would lead past it. */
  readonly clip?: boolean | undefined
}

/** Where the steps of an identifier lead from a place. */
export function walkFrom(
  graph: RevisionGraph,
  start: Position,
  identifier: Identifier,
  { branch, clip }: WalkOptions = {},
): Position {
  const { offset = 0 } = identifier
  const { position, taken } = walk(graph, start, offset, branch)
  if (taken === Math.abs(offset) || clip) return position
  throw outOfRangeError(identifier, { available: taken })
}

/** The revision with this id or label, or the only one whose id or label begins so. */
function findRevision(graph: RevisionGraph, name: string, branch?: RevisionNode): RevisionNode {
  const exact = graph.names.get(name)
  if (exact && branch && within([exact], branch).length === 0) throw notInBranchError(exact, branch)
  if (exact) return exact
  const everywhere = candidatesFor(graph, name)
  const found = branch ? within(everywhere, branch) : everywhere
  if (found.length > 1) throw ambiguousError(name, found)
  if (found[0]) return found[0]
  if (branch && everywhere[0]) throw notInBranchError(everywhere[0], branch)
  throw notFoundError(graph, name)
}

/** Names of up to three characters have to be written out. */
const shortestAbbreviated = 4

function candidatesFor(graph: RevisionGraph, name: string): RevisionNode[] {
  const exact = graph.names.get(name)
  if (exact) return [exact]
  const found = new Set<RevisionNode>()
  for (const [candidate, node] of graph.names) {
    if (candidate.length >= shortestAbbreviated && candidate.startsWith(name)) found.add(node)
  }
  return [...found]
}

function within(nodes: readonly RevisionNode[], branch: RevisionNode): RevisionNode[] {
  const lineage = lineageOf([branch])
  return nodes.filter(node => lineage.has(node))
}

const idsOf = (nodes: readonly RevisionNode[]) => nodes.map(node => node.id)

interface OutOfRange {
  /** How many steps there are that way. */
  readonly available?: number
  readonly hint?: string | undefined
}

/** `+n` or `-n` that leads past the end of the graph, or the wrong way. */
export function outOfRangeError(
  { text, offset = 0 }: Identifier,
  { available = 0, hint }: OutOfRange = {},
): LimbeckError {
  const there =
    available === 0
      ? 'is no step'
      : available === 1
        ? 'is only one step'
        : `are only ${available} steps`
  const reason = offset === 0 ? '0 steps lead nowhere' : `there ${there} that way`
  return new LimbeckError(
    'RELATIVE_OUT_OF_RANGE',
    `'${text}' does not lead to a revision: ${reason}.`,
    {
      facts: { argument: text, steps: offset, available },
      hint:
        hint ?? '`limbeck history` shows the revisions, `limbeck current` where the database is.',
    },
  )
}

function ambiguousError(name: string, found: readonly RevisionNode[]): LimbeckError {
  const lines = found.slice(0, mostCandidates).map(node => `  ${revisionLine(node)}`)
  const others = found.length - lines.length
  return new LimbeckError(
    'REVISION_AMBIGUOUS',
    [
      `'${name}' is the beginning of ${found.length} revisions:`,
      ...lines,
      ...(others > 0 ? [`  and ${others} more`] : []),
    ].join('\n'),
    { facts: { argument: name, candidates: idsOf(found) }, hint: 'Write more of the id.' },
  )
}

/** More would push the beginning of the message out of sight. */
const mostCandidates = 10

function notFoundError(graph: RevisionGraph, name: string): LimbeckError {
  return new LimbeckError('REVISION_NOT_FOUND', `There is no revision or branch '${name}'.`, {
    facts: { argument: name },
    hint:
      slipIn(name) ??
      fileHint(graph, name) ??
      didYouMean(name, [...graph.names.keys(), 'head', 'heads', 'base']) ??
      '`limbeck history` lists the revisions.',
  })
}

/** What is wrong with a word that no revision could have as its id. */
function slipIn(name: string): string | undefined {
  if (name.includes('@')) return 'One @ is enough: <branch>@<revision>.'
  if (/^[+-]\d/.test(name))
    return 'A number of steps is a sign and digits, and nothing behind them.'
  if (name.includes(':'))
    return 'A range is for `history -r`, and with --sql for upgrade, downgrade and stamp.'
  if (name === 'current')
    return '`current` alone, without steps, is known to history, show and edit.'
  return undefined
}

/** The name of a file, as a shell completes it, in place of the id in it. */
function fileHint(graph: RevisionGraph, name: string): string | undefined {
  const wanted = stemOf(name)
  const node = graph.nodes.find(({ revision }) => {
    const { path } = revision as Partial<ScannedRevision>
    return path !== undefined && stemOf(path) === wanted
  })
  return node && `That is a file; the id of its revision is ${node.id}.`
}

const stemOf = (path: string) => path.replace(/^.*[\\/]/, '').replace(/\.[cm]?[jt]s$/, '')

function branchNotFoundError(graph: RevisionGraph, name: string): LimbeckError {
  return new LimbeckError('BRANCH_NOT_FOUND', `There is no branch '${name}'.`, {
    facts: { branch: name },
    hint: didYouMean(name, graph.names.keys()) ?? '`limbeck history` shows the branch labels.',
  })
}

function notInBranchError(node: RevisionNode, branch: RevisionNode): LimbeckError {
  return new LimbeckError(
    'REVISION_NOT_IN_BRANCH',
    `Revision ${node.id} is not on the branch of ${branch.id}.`,
    {
      facts: { revision: node.id, branch: branch.id },
      hint: '`limbeck history` shows the labels of each revision.',
    },
  )
}

function unknownRowsError(ids: readonly string[]): LimbeckError {
  const rows = `row${ids.length > 1 ? 's' : ''} ${ids.map(id => `'${id}'`).join(', ')}`
  return new LimbeckError(
    'DATABASE_REVISION_UNKNOWN',
    `The version table holds the ${rows}, and no revision file has ${ids.length > 1 ? 'these ids' : 'that id'}.`,
    {
      facts: { revisions: ids },
      hint: 'Get the file from whoever ran it (another branch, a newer version of the application). Where the schema is that of a revision you have, record that with `limbeck stamp --purge REVISION`.',
    },
  )
}
