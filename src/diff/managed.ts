import {
  type DatabaseSchema,
  type ObjectId,
  type ObjectKind,
  type SchemaObject,
  type Sequence,
  spokenId,
  withRightsOf,
} from '../schema/index.ts'
import { defaultElement, type ElementId, hostRelation, relationIds } from './elements.ts'
import { columnOf } from './inheritance.ts'
import type { Needs, Subject } from './needs.ts'
import type { Note } from './notes.ts'

/** What a comparison may remove. */
export interface Managed {
  /** Kinds that the target is able to express. */
  readonly managedKinds: 'all' | ReadonlySet<ObjectKind>
  /** Schemas that the target or the history names. */
  readonly managedSchemas: 'all' | ReadonlySet<string>
  /** false: what the target does not name stays, but for the parts of tables that it does name. */
  readonly dropUnknown?: boolean | undefined
  /** What stays whatever it is, as long as what it sits on does. */
  readonly kept?: ReadonlySet<ObjectId> | undefined
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
  readNeeds: () => Needs,
  managed: Managed,
): Completed {
  const unknown = [...current.objects].filter(([id]) => !target.objects.has(id))
  const kept = new Set(
    unknown.filter(entry => stays(entry, current, target, managed)).map(([id]) => id),
  )
  if (kept.size === 0) return { target, notes: [] }
  const needs = readNeeds()
  const notes = keepWhatTheyNeed(current, target, needs, kept)
  return { target: complete(current, target, needs, kept), notes }
}

/** Objects that sit on a relation, and owned sequences, go where that goes. */
function stays(
  [objectId, object]: readonly [ObjectId, SchemaObject],
  current: DatabaseSchema,
  target: DatabaseSchema,
  managed: Managed,
): boolean {
  const hosts = hostIds(object).filter(id => current.objects.has(id))
  const isKept = managed.kept?.has(objectId) ?? false
  if (hosts.length === 0)
    return isKept || managed.dropUnknown === false || !isManaged(object, managed)
  if (object.kind === 'sequence' && !hasOwner(object, target)) return false
  return hosts.some(id => target.objects.has(id)) && (isKept || !isManaged(object, managed))
}

function hasOwner({ ownedBy }: Sequence, target: DatabaseSchema): boolean {
  const table = target.objects.get(`table:${ownedBy?.schema ?? ''}.${ownedBy?.table}`)
  return table?.kind === 'table' && columnOf(table, ownedBy?.column ?? '') !== undefined
}

function hostIds(object: SchemaObject): ObjectId[] {
  if (object.kind === 'sequence' && object.ownedBy) {
    return relationIds({ schema: object.ownedBy.schema, name: object.ownedBy.table })
  }
  const host = hostRelation(object)
  return host ? relationIds(host) : []
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

/** What stays keeps what sits on it and what it needs; the second is told. */
function keepWhatTheyNeed(
  current: DatabaseSchema,
  target: DatabaseSchema,
  needs: Needs,
  kept: Set<ObjectId>,
): Note[] {
  const notes: Note[] = []
  const spoken = (id: ElementId) => spokenId(id, current.defaultSchema)
  for (const id of kept) {
    for (const part of needs.dependents(id)) {
      const object = current.objects.get(part)
      if (object && hostIds(object).includes(id)) kept.add(part)
    }
    for (const need of needs.of(id)) {
      const isLost = needs.subject(need) && !kept.has(need) && !isThere(target, needs, need)
      if (!isLost || kept.has(needs.subject(need)?.id ?? '')) continue
      kept.add(need)
      notes.push({
        kind: 'kept',
        object: need,
        message: `The ${spoken(need)} is not dropped: the ${spoken(id)}, which is not managed, needs it.`,
      })
    }
  }
  return notes
}

function isThere(target: DatabaseSchema, needs: Needs, element: ElementId): boolean {
  const subject = needs.subject(element)
  const object = target.objects.get(subject?.id ?? '')
  if (subject?.part !== 'column') return object !== undefined
  return object?.kind === 'table' && columnOf(object, subject.column ?? '') !== undefined
}

function complete(
  current: DatabaseSchema,
  target: DatabaseSchema,
  needs: Needs,
  kept: ReadonlySet<ElementId>,
): DatabaseSchema {
  const objects = new Map(target.objects)
  const dependencies = new Map(target.dependencies)
  for (const element of kept) {
    const subject = needs.subject(element)
    if (!subject) continue
    objects.set(subject.id, keptObject(subject, objects))
    for (const key of dependencyKeys(subject)) {
      const list = current.dependencies.get(key)
      if (list) dependencies.set(key, list)
    }
  }
  return withRightsOf({ ...target, objects, dependencies }, current, kept)
}

/** The object as it is, or the target's table with one more column. */
function keptObject(
  { id, object, part, column = '' }: Subject,
  objects: ReadonlyMap<ObjectId, SchemaObject>,
): SchemaObject {
  const table = objects.get(id)
  if (part !== 'column' || object.kind !== 'table' || table?.kind !== 'table') return object
  return {
    ...table,
    columns: [...table.columns, ...object.columns.filter(({ name }) => name === column)],
  }
}

function dependencyKeys({ id, object, part, column = '' }: Subject): ElementId[] {
  if (object.kind !== 'table') return [id]
  if (part === 'column') return [defaultElement(object, column)]
  return [id, ...object.columns.map(({ name }) => defaultElement(object, name))]
}
