import type { RevisionNode } from './nodes.ts'
import { ancestorsOf } from './traversal.ts'

/**
 * The revisions newest first: each before everything it follows or depends on.
 *
 * Walks down one line until it meets a revision that another line still stands on, goes on there,
 * and comes back when nothing stands above it any more. Upgrades run the reverse, so that of two
 * branches the one loaded last runs first.
 */
export function newestFirst(
  revisions: ReadonlySet<RevisionNode>,
  heads: Iterable<RevisionNode>,
): RevisionNode[] {
  const space = ancestorsOf(heads)
  const output: RevisionNode[] = []
  const emitted = new Set<RevisionNode>()
  const tips = [...new Set(heads)]
    .filter(head => revisions.has(head))
    .sort((a, b) => a.position - b.position)
  const isTip = new Set(tips)
  let at = 0
  for (let candidate = tips[at]; candidate; candidate = tips[at]) {
    const above = standingOn(candidate, space, emitted)
    const blocking = above.size === 0 ? -1 : tips.findIndex(tip => above.has(tip))
    if (blocking >= 0) {
      at = blocking
      continue
    }
    output.push(candidate)
    emitted.add(candidate)
    isTip.delete(candidate)
    const [first, ...others] = candidate.parents.filter(
      parent => revisions.has(parent) && !emitted.has(parent) && !isTip.has(parent),
    )
    if (first === undefined) {
      tips.splice(at, 1)
      at = Math.max(at - 1, 0)
    } else {
      tips[at] = first
      tips.push(...others)
      for (const tip of [first, ...others]) isTip.add(tip)
    }
  }
  return output
}

/** What comes after a revision and has not been given out; nothing above what has been. */
function standingOn(
  revision: RevisionNode,
  space: ReadonlySet<RevisionNode>,
  emitted: ReadonlySet<RevisionNode>,
): Set<RevisionNode> {
  const above = new Set<RevisionNode>()
  const collect = (node: RevisionNode) => {
    for (const next of node.allNextRevisions) {
      if (space.has(next) && !emitted.has(next)) above.add(next)
    }
  }
  collect(revision)
  for (const node of above) collect(node)
  return above
}
