import { type AlterableObject, alterableKinds } from '../operations/operation.ts'
import type { SchemaObject } from '../schema/index.ts'
import { withoutComments } from './comments.ts'
import type { Comparison, Side } from './comparison.ts'
import { columnElement, type ElementId } from './elements.ts'
import { isEqual } from './equal.ts'
import { commentParts } from './objects.ts'
import { change, type Part } from './part.ts'
import { placeOf } from './place.ts'
import { typeId } from './type-ids.ts'

/** Whether an object is of a kind that can change in place as a whole. */
export function isAlterable(object: SchemaObject): object is AlterableObject {
  return (alterableKinds as readonly string[]).includes(object.kind)
}

/** Changes an object in place. */
export function alterationParts(
  id: ElementId,
  current: AlterableObject,
  target: AlterableObject,
  comparison: Comparison,
): Part[] {
  if (isEqual(withoutComments(current), withoutComments(target)) || isOnlyOrder(current, target))
    return commentParts(id, current, target)
  return [
    change(id, {
      operation: { kind: 'alterObject', object: target, existing: current },
      place: placeOf(target),
      brings: [id, ...columnsMadeOf(id, comparison.target)],
      removes: [id, ...columnsMadeOf(id, comparison.current)],
      needs: comparison.target.needs.touches(id),
      uses: comparison.current.needs.touches(id),
    }),
  ]
}

/** Statistics that stay with their target differ by the order of a table's columns alone. */
function isOnlyOrder(current: AlterableObject, target: AlterableObject): boolean {
  if (current.kind !== 'statistics' || target.kind !== 'statistics') return false
  return current.target === target.target
}

/** The columns of tables that have them from a type. */
function columnsMadeOf(id: ElementId, { schema }: Side): ElementId[] {
  return [...schema.objects.values()].flatMap(table => {
    if (table.kind !== 'table' || table.ofType === undefined) return []
    if (typeId(schema, table.ofType) !== id) return []
    return table.columns.map(({ name }) => columnElement(table, name))
  })
}
