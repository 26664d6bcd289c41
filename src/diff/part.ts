import type { Operation } from '../operations/operation.ts'
import type { ElementId } from './elements.ts'
import type { Place } from './place.ts'

/**
 * One atom of a comparison: the smallest operation that can be put in order by itself. Before it is
 * emitted it may be written into a host (a constraint into its table).
 */
export interface Part {
  readonly key: PartKey
  readonly motion: Motion
  readonly operation: Operation
  readonly place: Place
  /** Elements that are there, or are what they should be, only after it. */
  readonly brings: readonly ElementId[]
  /** Elements that are there, or are what they were, only before it. */
  readonly removes: readonly ElementId[]
  /** Elements of the target that must be there before it. */
  readonly needs: Iterable<ElementId>
  /** Elements of the current schema that may go only after it. */
  readonly uses: Iterable<ElementId>
  /** Names that two objects cannot have at a time: those it takes, and those it leaves free. */
  readonly takes: readonly string[]
  readonly frees: readonly string[]
  /** The same, where it is only possible: followed unless it leads into a circle. */
  readonly mayTake: readonly string[]
  readonly mayFree: readonly string[]
  /** Parts it can be written into, the one to try first first. */
  readonly hosts: readonly PartKey[]
  /** Where a circle must be opened, the part with the lowest number leaves its host. */
  readonly hold: number
}

export type PartKey = string

/** Takes something away, changes it in place, or brings it. */
export type Motion = 'down' | 'change' | 'up'

/** How firmly a guest stays in its host. */
export const holds = {
  owner: 0,
  foreignKey: 1,
  index: 2,
  check: 3,
  replica: 4,
  default: 5,
  attachedIndex: 6,
  key: 7,
}

/** The key of the part that does something to an element. */
export function partKey(motion: Motion, element: ElementId): PartKey {
  return `${motion} ${element}`
}

type Given = Pick<Part, 'operation' | 'place'> & Partial<Omit<Part, 'key' | 'motion'>>

/** A part that brings an element. */
export function up(element: ElementId, part: Given): Part {
  return make('up', element, { brings: [element], ...part })
}

/** A part that takes an element away. */
export function down(element: ElementId, part: Given): Part {
  return make('down', element, { removes: [element], ...part })
}

/** A part that turns an element into another, with those of its parts that the target has. */
export function change(element: ElementId, part: Given): Part {
  return make('change', element, { brings: [element], removes: [element], ...part })
}

function make(motion: Motion, element: ElementId, part: Given): Part {
  return {
    key: partKey(motion, element),
    motion,
    brings: [],
    removes: [],
    needs: [],
    uses: [],
    takes: [],
    frees: [],
    mayTake: [],
    mayFree: [],
    hosts: [],
    hold: holds.key,
    ...part,
  }
}
