import type { Routine } from '../schema/index.ts'
import { withoutComments } from './comments.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { isEqual } from './equal.ts'
import { commentParts } from './objects.ts'
import { change, type Part } from './part.ts'
import { placeOf } from './place.ts'

/** Gives a routine another body or other properties; what it is called with stays. */
export function routineChange(
  id: ElementId,
  current: Routine,
  target: Routine,
  comparison: Comparison,
): Part[] {
  if (isEqual(withoutComments(current), withoutComments(target)))
    return commentParts(id, current, target)
  return [
    change(id, {
      operation: { kind: 'replaceRoutine', object: target, existing: current },
      place: placeOf(target),
      needs: comparison.target.needs.touches(id),
      uses: comparison.current.needs.touches(id),
    }),
  ]
}
