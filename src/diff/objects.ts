import { dropManner, identityOf } from '../operations/identity.ts'
import type { CreateOperation, DropOperation, PlainKind } from '../operations/operation.ts'
import type { ObjectOf, SchemaObject } from '../schema/index.ts'
import { commentChanges } from './comments.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { namesOf, possibleNames } from './names.ts'
import { change, down, type Part, up } from './part.ts'
import { placeOf } from './place.ts'

/** An object of a kind that is created and dropped by the plain pair of operations. */
export type PlainObject = ObjectOf<PlainKind>

/** Brings an object of a plain kind. */
export function plainUp(id: ElementId, object: PlainObject, { target }: Comparison): Part {
  return up(id, {
    operation: { kind: `create${capitalized(object)}`, object } as CreateOperation,
    place: placeOf(object),
    needs: target.needs.touches(id),
    takes: namesOf(object),
    mayTake: possibleNames(object).mayTake,
  })
}

/** Takes an object of a plain kind away. */
export function plainDown(id: ElementId, object: PlainObject, { current }: Comparison): Part {
  return down(id, {
    operation: {
      kind: `drop${capitalized(object)}`,
      object: identityOf(object),
      existing: object,
      ...dropManner(object),
    } as DropOperation,
    place: placeOf(object),
    uses: current.needs.touches(id),
    frees: namesOf(object),
    mayFree: possibleNames(object).mayFree,
  })
}

/** Comments are in nobody's way: they only wait until the object has its other changes. */
export function commentParts(id: ElementId, current: SchemaObject, target: SchemaObject): Part[] {
  return commentChanges(current, target).map((operation, position) =>
    change(`comment ${position} ${id}`, {
      operation,
      place: [...placeOf(target), position],
      needs: [id],
      brings: [],
      removes: [],
    }),
  )
}

function capitalized({ kind }: PlainObject): Capitalize<PlainKind> {
  return (kind.charAt(0).toUpperCase() + kind.slice(1)) as Capitalize<PlainKind>
}
