import type { MutableNode } from './nodes.ts'
import { reach } from './traversal.ts'

/**
 * Spreads each label over its branch: to everything that follows, and down the single line
 * below as far as no other branch or merge shares it.
 */
export function spreadLabels(nodes: readonly MutableNode[]): void {
  for (const node of nodes) {
    for (const label of node.revision.branchLabels) {
      for (const member of branchOf(node)) member.labels.push(label)
    }
  }
  for (const node of nodes) node.labels.sort()
}

function branchOf(node: MutableNode): Set<MutableNode> {
  const members = reach([node], above => above.nextRevisions)
  for (let below = onlyParent(node); below && isOnOneLine(below); below = onlyParent(below)) {
    members.add(below)
  }
  return members
}

function onlyParent(node: MutableNode): MutableNode | undefined {
  return node.downRevisions.length === 1 ? node.downRevisions[0] : undefined
}

function isOnOneLine(node: MutableNode): boolean {
  return node.allNextRevisions.length === 1 && node.downRevisions.length < 2
}
