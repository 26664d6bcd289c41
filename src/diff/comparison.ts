import type { DatabaseSchema } from '../schema/index.ts'
import type { ElementId } from './elements.ts'
import type { Fate } from './fates.ts'
import type { Needs } from './needs.ts'

/** One side of a comparison: the schema, and what needs what in it. */
export interface Side {
  readonly schema: DatabaseSchema
  readonly needs: Needs
}

/** Both sides with what becomes of every element: what the parts are made from. */
export interface Comparison {
  readonly current: Side
  readonly target: Side
  readonly fates: ReadonlyMap<ElementId, Fate>
}

/** Whether an element comes or goes as a whole, rather than stays. */
export function isMoving({ fates }: Comparison, element: ElementId): boolean {
  const fate = fates.get(element)
  return fate !== undefined && fate !== 'change'
}
