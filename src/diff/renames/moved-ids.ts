import type { Rename } from '../../operations/rename-words.ts'
import {
  type DatabaseSchema,
  type ObjectId,
  objectId,
  type SchemaObject,
} from '../../schema/index.ts'

/** The ids of objects, with those that they have after renames. */
export function movedIds(
  ids: ReadonlySet<ObjectId>,
  current: DatabaseSchema,
  steps: readonly Rename[],
): ReadonlySet<ObjectId> {
  const moved = [...ids].flatMap(id => {
    const object = current.objects.get(id)
    return object === undefined ? [] : [objectId(steps.reduce(moveObject, object))]
  })
  return new Set([...ids, ...moved])
}

function moveObject(object: SchemaObject, rename: Rename): SchemaObject {
  const { kind, schema, of, from, to, toSchema } = rename
  const has = (key: string, value: string | undefined) => Reflect.get(object, key) === value
  const home = toSchema === undefined ? {} : { schema: toSchema }
  const change = (key: string) => ({ ...object, ...home, [key]: to }) as SchemaObject
  if (kind === 'schema') return has('schema', from) ? change('schema') : object
  if (!has('schema', schema)) return object
  if (kind === 'table' && has('table', from)) return change('table')
  const isIt = object.kind === kind && has('name', from) && (of === undefined || has('table', of))
  return isIt ? change('name') : object
}
