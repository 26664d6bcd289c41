import { type Graph, reversedGraph, topologicalOrder } from './graph.ts'
import { type Grouping, group } from './grouping.ts'
import type { Part } from './part.ts'
import { comparePlaces, isEarlyDrop } from './place.ts'

/**
 * Puts parts in an order that follows the dependencies, each group as its leader with its guests.
 * Where they leave a choice it reads as a person would write it, and drops mirror creation: what a
 * person would create last is dropped first.
 */
export function order(parts: readonly Part[]): (readonly Part[])[] {
  const grouping = group(parts)
  const { graph } = grouping
  const members = membersOf(grouping)
  const nodes = [...members.keys()]
  const positions = freePositions(parts, nodes, graph)
  const phases = urgentPhases(parts, graph, nodes)
  const compare = (a: number, b: number) =>
    phases[a]! - phases[b]! || rank(parts[a]!) - rank(parts[b]!) || positions[a]! - positions[b]!
  const asCreated = creationOrder(parts, grouping)
  return topologicalOrder(graph, nodes, compare).map(node => asCreated(node, members.get(node)!))
}

function membersOf({ leaders }: Grouping): Map<number, number[]> {
  const members = new Map<number, number[]>()
  for (const [number, leader] of leaders.entries()) {
    const list = members.get(leader)
    if (list) list.push(number)
    else members.set(leader, [number])
  }
  return members
}

/** The members of a group in the order of their creation, which drops reverse; its leader is first. */
function creationOrder(
  parts: readonly Part[],
  grouping: Grouping,
): (leader: number, members: readonly number[]) => readonly Part[] {
  const backwards = reversedGraph(grouping.parts)
  const byPlace = (a: number, b: number) => comparePlaces(parts[a]!.place, parts[b]!.place)
  return (leader, members) => {
    const graph = parts[leader]!.motion === 'down' ? backwards : grouping.parts
    const sorted = topologicalOrder(graph, members, byPlace)
    return [leader, ...sorted.filter(number => number !== leader)].map(number => parts[number]!)
  }
}

/** Of two that are free in one phase, what goes makes room first. */
const rank = ({ motion }: Part): number => (motion === 'down' ? 0 : 1)

/**
 * Where each group would stand if only creations, or only drops, were to be ordered. Creations are
 * placed from the end, each as late as what needs it allows: routines hide what they use in the text
 * of their bodies, and find it there only when they come late.
 */
function freePositions(
  parts: readonly Part[],
  nodes: readonly number[],
  graph: Graph,
): readonly number[] {
  const lastFirst = (a: number, b: number) => comparePlaces(parts[b]!.place, parts[a]!.place)
  const isDown = (node: number) => parts[node]!.motion === 'down'
  const builds = nodes.filter(node => !isDown(node))
  const built = topologicalOrder(reversedGraph(graph), builds, lastFirst).reverse()
  const dropped = topologicalOrder(graph, nodes.filter(isDown), lastFirst)
  const positions: number[] = []
  for (const list of [built, dropped]) for (const [at, node] of list.entries()) positions[node] = at
  return positions
}

/**
 * Schemas; dependents that go, and extensions, whose members may have the names of what goes; what
 * changes and comes; what else goes.
 */
function phaseOf({ motion, operation, place }: Part): number {
  if (motion === 'down') return isEarlyDrop(place) ? 1 : 3
  if (operation.kind === 'createSchema') return 0
  return operation.kind === 'createExtension' ? 1 : 2
}

/** What something of an earlier phase waits for is as urgent as that. */
function urgentPhases(parts: readonly Part[], graph: Graph, nodes: readonly number[]): number[] {
  const phases = parts.map(phaseOf)
  for (const node of topologicalOrder(graph, nodes, (a, b) => a - b).reverse()) {
    for (const later of graph.next[node] ?? [])
      phases[node] = Math.min(phases[node]!, phases[later]!)
  }
  return phases
}
