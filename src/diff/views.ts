import type { View } from '../schema/index.ts'
import { withoutComments } from './comments.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { isEqual } from './equal.ts'
import { commentParts } from './objects.ts'
import { change, type Part } from './part.ts'
import { placeOf } from './place.ts'

/**
 * Changes a view in place, its query for one that gives the same columns: CREATE OR REPLACE cannot take
 * a column back, so that any other query could not be reversed.
 */
export function viewChange(
  id: ElementId,
  current: View,
  target: View,
  comparison: Comparison,
): Part[] {
  if (isEqual(withoutComments(current), withoutComments(target)))
    return commentParts(id, current, target)
  return [
    change(id, {
      operation: { kind: 'replaceView', object: target, existing: current },
      place: placeOf(target),
      needs: comparison.target.needs.touches(id),
      uses: comparison.current.needs.touches(id),
    }),
  ]
}
