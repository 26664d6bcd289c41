import { parseIdentifier } from './identifier.ts'
import type { RevisionGraph, RevisionNode } from './nodes.ts'
import type { Plan, Step } from './plan.ts'
import {
  outOfRangeError,
  resolveBranch,
  resolveRevisions,
  resolveRows,
  type Target,
} from './resolve.ts'
import { applyRowChanges, assertNoOverlap, replaceRows } from './rows.ts'
import { ancestorsOf, descendantsOf } from './traversal.ts'

/**
 * Version rows written as if the targets had just been reached, without running anything.
 * Each target replaces the rows above and below it; `base` and `label@base` first remove rows.
 */
export function planStamp(graph: RevisionGraph, heads: readonly string[], target: Target): Plan {
  const texts = typeof target === 'string' ? [target] : target
  const before = resolveRows(graph, heads)
  const destinations = texts.flatMap(text => destinationsOf(graph, text))
  assertNoOverlap(destinations, 'The requested revision')
  const removed = new Set(texts.flatMap(text => removedBy(graph, text, before)))
  const steps: Step[] = []
  let rows = heads
  const take = (step: Step) => {
    steps.push(step)
    rows = applyRowChanges(rows, step)
  }
  for (const row of before.filter(row => removed.has(row))) take(removal(row))
  for (const destination of new Set(destinations)) {
    if (!rows.includes(destination.id)) take(stampStep(destination, before, rows))
  }
  return { steps, headsBefore: heads, headsAfter: rows, warnings: [] }
}

function destinationsOf(graph: RevisionGraph, text: string): RevisionNode[] {
  const identifier = parseIdentifier(text, graph.names)
  if (identifier.offset !== undefined) {
    throw outOfRangeError(identifier, {
      hint: 'A stamp counts no steps: name the revision itself.',
    })
  }
  return resolveRevisions(graph, text)
}

/** `base` removes every row, `label@base` those that belong to the branch. */
function removedBy(
  graph: RevisionGraph,
  text: string,
  rows: readonly RevisionNode[],
): readonly RevisionNode[] {
  const { branch, symbol } = parseIdentifier(text, graph.names)
  if (symbol !== 'base') return []
  if (branch === undefined) return rows
  const related = relatedTo(resolveBranch(graph, branch))
  return rows.filter(row => related.has(row))
}

function removal({ id, revision }: RevisionNode): Step {
  const changes = { deletes: [id], inserts: [], updates: [] }
  return { revision, direction: 'stamp', from: [id], to: [], ...changes }
}

/** `before` is where the stamp began, `rows` what its earlier targets have made of that. */
function stampStep(
  destination: RevisionNode,
  before: readonly RevisionNode[],
  rows: readonly string[],
): Step {
  const { id, revision } = destination
  const related = relatedTo(destination)
  const from = before.filter(row => related.has(row)).map(row => row.id)
  const replaced = from.filter(row => rows.includes(row))
  return { revision, direction: 'stamp', from, to: [id], ...replaceRows(replaced, id) }
}

/** What comes before or after a revision, dependencies included. */
function relatedTo(node: RevisionNode): Set<RevisionNode> {
  return new Set([...ancestorsOf([node]), ...descendantsOf([node])])
}
