import type { DatabaseSchema, ObjectId, ObjectKind, SchemaObject } from '../schema/index.ts'
import { defaultElement, hostRelation, relationIds } from './elements.ts'
import type { Needs } from './needs.ts'
import type { Note } from './notes.ts'

/** What a comparison may remove. */
export interface Managed {
  /** Kinds that the target is able to express. */
  readonly managedKinds: 'all' | ReadonlySet<ObjectKind>
  /** Schemas that the target or the history names. */
  readonly managedSchemas: 'all' | ReadonlySet<string>
  /** false: what the target does not name stays, but for the parts of tables that it does name. */
  readonly dropUnknown?: boolean | undefined
}

/** A target completed with what must stay. */
export interface Completed {
  readonly target: DatabaseSchema
  readonly notes: readonly Note[]
}

/**
 * Adds to the target what is there and may not be removed, so that it is kept, and taken down and put
 * back where something below it changes.
 */
export function keepUnmanaged(
  current: DatabaseSchema,
  target: DatabaseSchema,
  needs: () => Needs,
  managed: Managed,
): Completed {
  const unknown = [...current.objects].filter(([id]) => !target.objects.has(id))
  const alone = unknown.filter(([, object]) => standsAlone(object, current))
  const kept = new Set(alone.filter(([, object]) => !mayDrop(object, managed)).map(([id]) => id))
  const notes = kept.size === 0 ? [] : keepWhatTheyNeed(current, target, needs(), kept)
  for (const [id, object] of unknown) {
    if (!standsAlone(object, current) && stays(object, target, kept, managed)) kept.add(id)
  }
  return { target: kept.size === 0 ? target : complete(current, target, kept), notes }
}

/** Objects that sit on a relation, and owned sequences, go where that goes. */
function standsAlone(object: SchemaObject, current: DatabaseSchema): boolean {
  return hostIds(object).every(id => !current.objects.has(id))
}

function hostIds(object: SchemaObject): ObjectId[] {
  if (object.kind === 'sequence' && object.ownedBy) {
    return relationIds({ schema: object.ownedBy.schema, name: object.ownedBy.table })
  }
  const host = hostRelation(object)
  return host ? relationIds(host) : []
}

function mayDrop(object: SchemaObject, managed: Managed): boolean {
  return managed.dropUnknown !== false && isManaged(object, managed)
}

function isManaged(object: SchemaObject, { managedKinds, managedSchemas }: Managed): boolean {
  const schema = schemaOf(object)
  const isKind = managedKinds === 'all' || managedKinds.has(object.kind)
  return isKind && (managedSchemas === 'all' || schema === undefined || managedSchemas.has(schema))
}

function schemaOf(object: SchemaObject): string | undefined {
  if (object.kind === 'schema') return object.name
  if (object.kind === 'extension') return undefined
  return 'schema' in object ? object.schema : undefined
}

function stays(
  object: SchemaObject,
  target: DatabaseSchema,
  kept: ReadonlySet<ObjectId>,
  managed: Managed,
): boolean {
  const hosts = hostIds(object)
  if (hosts.some(id => kept.has(id))) return true
  return hosts.some(id => target.objects.has(id)) && !isManaged(object, managed)
}

/** What an object that stays needs stays as well, and is told. */
function keepWhatTheyNeed(
  current: DatabaseSchema,
  target: DatabaseSchema,
  needs: Needs,
  kept: Set<ObjectId>,
): Note[] {
  const notes: Note[] = []
  for (const id of kept) {
    for (const need of needs.of(id)) {
      if (!current.objects.has(need) || target.objects.has(need) || kept.has(need)) continue
      kept.add(need)
      notes.push({
        kind: 'kept',
        object: need,
        message: `${need} is not dropped: ${id}, which is not managed, needs it.`,
      })
    }
  }
  return notes
}

function complete(
  current: DatabaseSchema,
  target: DatabaseSchema,
  kept: ReadonlySet<ObjectId>,
): DatabaseSchema {
  const objects = new Map(target.objects)
  const dependencies = new Map(target.dependencies)
  for (const id of kept) {
    const object = current.objects.get(id)
    if (!object) continue
    objects.set(id, object)
    for (const key of dependencyKeys(id, object)) {
      const list = current.dependencies.get(key)
      if (list) dependencies.set(key, list)
    }
  }
  return { ...target, objects, dependencies }
}

function dependencyKeys(id: ObjectId, object: SchemaObject): ObjectId[] {
  if (object.kind !== 'table') return [id]
  return [id, ...object.columns.map(column => defaultElement(object, column.name))]
}
