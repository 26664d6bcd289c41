import { LimbeckError } from '../errors.ts'
import { cycles, type Graph } from './graph.ts'
import type { Part } from './part.ts'
import { comparePlaces } from './place.ts'
import { type Precedence, precedences } from './precedence.ts'

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
 * Puts every part that can be written into another one there. Where that makes circles among the
 * groups, it gives up wishes first, and then takes parts out again, those that are held least.
 */
export function group(parts: readonly Part[]): Grouping {
  const homes = findHomes(parts)
  let edges = precedences(parts)
  for (;;) {
    const leaders = homes.map(([home], number) => home ?? number)
    const graph = contract(parts.length, leaders, edges)
    const circles = cycles(graph)
    if (circles.length === 0) {
      return { leaders, graph, parts: contract(parts.length, [...parts.keys()], edges) }
    }
    const knots = edgesOf(circles, leaders, edges)
    const wishes = new Set(knots.flat().filter(edge => edge.isSoft))
    if (wishes.size > 0) edges = edges.filter(edge => !wishes.has(edge))
    else {
      for (const [at, circle] of circles.entries()) {
        homes[partToMove(parts, circle, leaders, knots[at] ?? [])]?.shift()
      }
    }
  }
}

/** For each part the numbers of the hosts that are there, in the order to try them. */
function findHomes(parts: readonly Part[]): number[][] {
  const numbers = new Map(parts.map((part, number) => [part.key, number]))
  return parts.map(part => part.hosts.flatMap(key => numbers.get(key) ?? []))
}

function contract(size: number, leaders: readonly number[], edges: readonly Precedence[]): Graph {
  const next = Array.from({ length: size }, () => new Set<number>())
  for (const { first, second } of edges) {
    const [from, to] = [leaders[first]!, leaders[second]!]
    if (from !== to) next[from]?.add(to)
  }
  return { size, next }
}

/** The edges that hold each circle together. */
function edgesOf(
  circles: readonly (readonly number[])[],
  leaders: readonly number[],
  edges: readonly Precedence[],
): Precedence[][] {
  const found = circles.map((): Precedence[] => [])
  const circleOf = new Map(circles.flatMap((circle, at) => circle.map(node => [node, at] as const)))
  for (const edge of edges) {
    const [from, to] = [leaders[edge.first]!, leaders[edge.second]!]
    const at = circleOf.get(from)
    if (from !== to && at !== undefined && at === circleOf.get(to)) found[at]?.push(edge)
  }
  return found
}

/** The guest within a circle that has to do with it and is held least. */
function partToMove(
  parts: readonly Part[],
  circle: readonly number[],
  leaders: readonly number[],
  edges: readonly Precedence[],
): number {
  const guests = edges
    .flatMap(({ first, second }) => [first, second])
    .filter(number => leaders[number] !== number)
  const [first] = [...new Set(guests)].sort((a, b) => {
    const [left, right] = [parts[a]!, parts[b]!]
    return left.hold - right.hold || comparePlaces(left.place, right.place)
  })
  if (first === undefined) throw cycleError(circle.map(number => parts[number]!))
  return first
}

function cycleError(parts: readonly Part[]): LimbeckError {
  const objects = [...new Set(parts.flatMap(part => [...part.brings, ...part.removes].slice(0, 1)))]
  return new LimbeckError(
    'OBJECT_CYCLE',
    `These objects need each other, and no order of statements can open the circle: ${objects.join(', ')}.`,
    {
      facts: { objects },
      hint: 'Change them in two revisions: write the first by hand, so that it opens the circle.',
    },
  )
}
