import { isEqual } from '../diff/equal.ts'
import type { DatabaseSchema, ObjectId } from '../schema/index.ts'

/** Ids of the objects that two schemas do not share, or describe differently. */
export function unequalObjects(a: DatabaseSchema, b: DatabaseSchema): readonly ObjectId[] {
  const ids = new Set([...a.objects.keys(), ...b.objects.keys()])
  return [...ids].filter(id => !isEqual(a.objects.get(id), b.objects.get(id)))
}
