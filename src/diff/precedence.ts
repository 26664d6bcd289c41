import type { ElementId } from './elements.ts'
import type { Part } from './part.ts'

/** One part comes before another: because it must, or because that may be better. */
export interface Precedence {
  readonly first: number
  readonly second: number
  readonly isSoft: boolean
}

/** Every pair of parts, by their numbers, of which one comes before the other. */
export function precedences(parts: readonly Part[]): Precedence[] {
  const found: Precedence[] = []
  const before = (first: number, second: number, isSoft = false) => {
    if (first !== second) found.push({ first, second, isSoft })
  }
  const bringers = indexBy(parts, part => part.brings)
  const removers = indexBy(parts, part => part.removes)
  const frees = indexBy(parts, part => part.frees)
  const mayFree = indexBy(parts, part => part.mayFree)
  for (const [number, part] of parts.entries()) {
    const needs = new Set(part.needs)
    for (const other of among(bringers, needs)) before(other, number)
    for (const other of usersFirst(part, needs, parts, removers)) before(number, other)
    for (const other of among(frees, part.takes)) before(other, number)
    for (const other of goneFirst(part, parts, removers)) before(other, number)
    for (const other of among(mayFree, part.mayTake)) before(other, number, true)
  }
  return found
}

/**
 * The parts that have to wait for one that still uses what they take away or change. Where it goes on
 * using what changes, it needs the change first, and does not hold it up.
 */
function usersFirst(
  part: Part,
  needs: ReadonlySet<ElementId>,
  parts: readonly Part[],
  removers: ReadonlyMap<ElementId, number[]>,
): number[] {
  return [...part.uses].flatMap(element =>
    (removers.get(element) ?? []).filter(other => {
      const goesOn = part.motion === 'change' && needs.has(element)
      return parts[other]?.motion === 'down' || !goesOn
    }),
  )
}

/** What is replaced is taken down before it is put back. */
function goneFirst(
  part: Part,
  parts: readonly Part[],
  removers: ReadonlyMap<ElementId, number[]>,
): number[] {
  if (part.motion !== 'up') return []
  return among(removers, part.brings).filter(other => parts[other]?.motion === 'down')
}

function among(index: ReadonlyMap<ElementId, number[]>, keys: Iterable<ElementId>): number[] {
  return [...keys].flatMap(key => index.get(key) ?? [])
}

function indexBy(
  parts: readonly Part[],
  keysOf: (part: Part) => readonly string[],
): Map<string, number[]> {
  const index = new Map<string, number[]>()
  for (const [number, part] of parts.entries()) {
    for (const key of keysOf(part)) {
      const list = index.get(key)
      if (list) list.push(number)
      else index.set(key, [number])
    }
  }
  return index
}
