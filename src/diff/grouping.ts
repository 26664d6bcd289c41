import { LimbeckError } from '../errors.ts'
import { cycles, type Graph } from './graph.ts'
import type { Part } from './part.ts'
import { comparePlaces } from './place.ts'
import { forEachPrecedence } from './precedence.ts'

/** Parts that are written as one: a host, and the guests that it takes in. */
export interface Grouping {
  /** For each part the number of the part that leads its group: itself, or its host. */
  readonly leaders: readonly number[]
  /** What has to come before what, among the leaders. */
  readonly graph: Graph
  /** … and among all parts. */
  readonly parts: Graph
}

/**
 * Puts every part that can be written into another one there, and takes just as many out again as the
 * circles among the groups demand: those first that are held least.
 */
export function group(parts: readonly Part[]): Grouping {
  const homes = findHomes(parts)
  const whole = parts.map((_, number) => number)
  const edges: [number, number][] = []
  forEachPrecedence(parts, (first, second) => {
    if (first !== second) edges.push([first, second])
  })
  for (;;) {
    const leaders = homes.map(([home], number) => home ?? number)
    const graph = contract(parts.length, leaders, edges)
    const circles = cycles(graph)
    if (circles.length === 0) return { leaders, graph, parts: contract(parts.length, whole, edges) }
    for (const part of circles.map(circle => partToMove(parts, circle, leaders, edges))) {
      homes[part]?.shift()
    }
  }
}

/** For each part the numbers of the hosts that are there, in the order to try them. */
function findHomes(parts: readonly Part[]): number[][] {
  const numbers = new Map(parts.map((part, number) => [part.key, number]))
  return parts.map(part => part.hosts.flatMap(key => numbers.get(key) ?? []))
}

function contract(
  size: number,
  leaders: readonly number[],
  edges: readonly (readonly [number, number])[],
): Graph {
  const next = Array.from({ length: size }, () => new Set<number>())
  for (const [first, second] of edges) {
    const [from, to] = [leaders[first]!, leaders[second]!]
    if (from !== to) next[from]?.add(to)
  }
  return { size, next }
}

/** The guest within a circle that has to do with it and is held least. */
function partToMove(
  parts: readonly Part[],
  circle: readonly number[],
  leaders: readonly number[],
  edges: readonly (readonly [number, number])[],
): number {
  const inside = new Set(circle)
  const isGuest = (number: number) => leaders[number] !== number
  const guests = edges
    .filter(ends => ends.every(end => inside.has(leaders[end]!)) && !sameGroup(leaders, ends))
    .flatMap(ends => ends.filter(isGuest))
  const [first] = [...new Set(guests)].sort((a, b) => {
    const [left, right] = [parts[a]!, parts[b]!]
    return left.hold - right.hold || comparePlaces(left.place, right.place)
  })
  if (first === undefined) throw cycleError(circle.map(number => parts[number]!))
  return first
}

function sameGroup(
  leaders: readonly number[],
  [first, second]: readonly [number, number],
): boolean {
  return leaders[first] === leaders[second]
}

function cycleError(parts: readonly Part[]): LimbeckError {
  const objects = [...new Set(parts.flatMap(part => [...part.brings, ...part.removes].slice(0, 1)))]
  return new LimbeckError(
    'DEPENDENCY_CYCLE',
    `These objects need each other, and no order of statements can open the circle: ${objects.join(', ')}.`,
    {
      facts: { objects },
      hint: 'Change them in two revisions: write the first by hand, so that it opens the circle.',
    },
  )
}
