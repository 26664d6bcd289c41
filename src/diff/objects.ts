import { dropManner, identityOf } from '../operations/identity.ts'
import {
  type CreateOperation,
  type DropOperation,
  keepingKinds,
  type PlainKind,
} from '../operations/operation.ts'
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
export function plainUp(id: ElementId, object: PlainObject, comparison: Comparison): Part {
  const { target } = comparison
  return up(id, {
    operation: {
      kind: `create${capitalized(object)}`,
      object,
      ...rightsOf(id, object, comparison),
    } as CreateOperation,
    place: placeOf(object),
    needs: target.needs.touches(id),
    takes: namesOf(object),
    mayTake: possibleNames(object).mayTake,
  })
}

/** Takes an object of a plain kind away. */
export function plainDown(id: ElementId, object: PlainObject, comparison: Comparison): Part {
  const { current } = comparison
  return down(id, {
    operation: {
      kind: `drop${capitalized(object)}`,
      object: identityOf(object),
      existing: object,
      ...dropManner(object),
      ...rightsOf(id, object, comparison),
    } as DropOperation,
    place: placeOf(object),
    uses: current.needs.touches(id),
    frees: namesOf(object),
    mayFree: possibleNames(object).mayFree,
  })
}

/** What is only taken down to be put back is to belong to the same role, and to serve the same ones. */
function rightsOf(
  id: ElementId,
  object: PlainObject,
  { fates }: Comparison,
): { readonly keepRights?: true } {
  const isKeeping = (keepingKinds as readonly string[]).includes(object.kind)
  // The server finds no aggregate by the types of a list that has ORDER BY in it.
  const isOrdered = object.kind === 'aggregate' && object.signature.includes('ORDER BY')
  return isKeeping && !isOrdered && fates.get(id) === 'replace' ? { keepRights: true } : {}
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
