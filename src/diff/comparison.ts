import type { ElementId } from './elements.ts'
import type { Fate } from './fates.ts'
import type { Side } from './rebuild.ts'

/** Both sides with what becomes of every element: what the parts are made from. */
export interface Comparison {
  readonly current: Side
  readonly target: Side
  readonly fates: ReadonlyMap<ElementId, Fate>
}
