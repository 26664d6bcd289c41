import type { RevisionGraph, RevisionNode } from './nodes.ts'

/** The starts and everything that can be reached from them. */
export function reach<N>(starts: Iterable<N>, follow: (node: N) => readonly N[]): Set<N> {
  const seen = new Set(starts)
  // A Set's iterator also visits what is added while it runs.
  for (const node of seen) {
    for (const ahead of follow(node)) seen.add(ahead)
  }
  return seen
}

/** The nodes and all that must run before them. */
export function ancestorsOf(nodes: Iterable<RevisionNode>): Set<RevisionNode> {
  return reach(nodes, node => node.parents)
}

/** The nodes and all that follow or depend on them. */
export function descendantsOf(nodes: Iterable<RevisionNode>): Set<RevisionNode> {
  return reach(nodes, node => node.allNextRevisions)
}

/** The nodes and what they follow, dependencies left aside. */
export function downAncestorsOf(nodes: Iterable<RevisionNode>): Set<RevisionNode> {
  return reach(nodes, node => node.downRevisions)
}

/** The nodes and what follows them, dependencies left aside. */
export function nextDescendantsOf(nodes: Iterable<RevisionNode>): Set<RevisionNode> {
  return reach(nodes, node => node.nextRevisions)
}

/** Everything above or below the nodes along their own branch. */
export function lineageOf(nodes: readonly RevisionNode[]): Set<RevisionNode> {
  return new Set([...downAncestorsOf(nodes), ...nextDescendantsOf(nodes)])
}

/** The members of `set` that nothing else in it comes after. */
export function tipsOf(set: ReadonlySet<RevisionNode>): RevisionNode[] {
  return [...set].filter(node => !node.allNextRevisions.some(next => set.has(next)))
}

/**
 * What a database with these rows shows as current: of all that is applied, whatever nothing
 * applied follows. A dependency that has no row of its own is among them.
 */
export function currentRevisions(
  graph: RevisionGraph,
  rows: readonly RevisionNode[],
): RevisionNode[] {
  const applied = ancestorsOf(rows)
  return graph.nodes.filter(
    node => applied.has(node) && !node.nextRevisions.some(next => applied.has(next)),
  )
}

/** The heads that a database with these rows has not been moved to; one that another needs counts as reached. */
export function headsAhead(graph: RevisionGraph, rows: readonly RevisionNode[]): RevisionNode[] {
  const applied = ancestorsOf(rows)
  return graph.heads.filter(head => !applied.has(head))
}
