import type { Rename } from '../../operations/rename-words.ts'
import {
  type DatabaseSchema,
  type ObjectId,
  objectId,
  type QualifiedName,
  type SchemaObject,
} from '../../schema/index.ts'
import { endsOf, findThing } from './things.ts'

/**
 * The target with the names that constraints and indexes have in the database, where its own are not of
 * anybody's choice.
 */
export function withKeptNames(target: DatabaseSchema, kept: readonly Rename[]): DatabaseSchema {
  if (kept.length === 0) return target
  const names = new Map<SchemaObject, string>()
  const ids = new Map<ObjectId, ObjectId>()
  const relations = new Map<string, string>()
  for (const rename of kept) {
    const object = findThing(target, endsOf(rename).to)?.object
    if (object === undefined) continue
    names.set(object, rename.from)
    ids.set(objectId(object), objectId({ ...object, name: rename.from } as SchemaObject))
    relations.set(JSON.stringify([rename.schema, rename.to]), rename.from)
  }
  const idOf = (id: ObjectId) => ids.get(id) ?? id
  const nameOf = (name: QualifiedName) =>
    relations.get(JSON.stringify([name.schema, name.name])) ?? name.name
  const objects = [...target.objects].map(
    ([id, object]) => [idOf(id), mentioning(named(object, names.get(object)), nameOf)] as const,
  )
  const dependencies = [...target.dependencies].map(
    ([id, needs]) => [idOf(id), needs.map(idOf)] as const,
  )
  return { ...target, objects: new Map(objects), dependencies: new Map(dependencies) }
}

function named(object: SchemaObject, name: string | undefined): SchemaObject {
  return name === undefined ? object : ({ ...object, name } as SchemaObject)
}

/** The object with the new names of the indexes that it mentions. */
function mentioning(object: SchemaObject, nameOf: (name: QualifiedName) => string): SchemaObject {
  if ('attachedTo' in object && object.attachedTo !== undefined) {
    const name = nameOf(object.attachedTo)
    return name === object.attachedTo.name
      ? object
      : { ...object, attachedTo: { ...object.attachedTo, name } }
  }
  if (object.kind !== 'table' || typeof object.replicaIdentity !== 'object') return object
  const { schema, replicaIdentity } = object
  return { ...object, replicaIdentity: { index: nameOf({ schema, name: replicaIdentity.index }) } }
}
