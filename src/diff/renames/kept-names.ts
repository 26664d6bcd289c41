import type { Rename } from '../../operations/rename-words.ts'
import {
  type DatabaseSchema,
  type Domain,
  type DomainCheck,
  type ObjectId,
  objectId,
  type QualifiedName,
  type SchemaObject,
} from '../../schema/index.ts'
import { isEqual } from '../equal.ts'
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

/**
 * The target with the names that the checks of domains have in the database, where their own are not of
 * anybody's choice: a domain that differs would be made anew.
 */
export function withKeptChecks(
  target: DatabaseSchema,
  current: DatabaseSchema,
  isChosen: (name: string) => boolean,
): DatabaseSchema {
  const domains = [...target.objects].flatMap(([id, after]) => {
    const before = current.objects.get(id)
    if (after.kind !== 'domain' || before?.kind !== 'domain') return []
    const checks = after.checks.map(check => keptCheck(check, after, before, isChosen))
    return isEqual(checks, after.checks) ? [] : [[id, { ...after, checks }] as const]
  })
  if (domains.length === 0) return target
  return { ...target, objects: new Map([...target.objects, ...domains]) }
}

function keptCheck(
  check: DomainCheck,
  after: Domain,
  before: Domain,
  isChosen: (name: string) => boolean,
): DomainCheck {
  if (isChosen(check.name ?? '')) return check
  const isThere = ({ checks }: Domain, name: string | undefined) =>
    checks.some(other => other.name === name)
  const same = before.checks.find(
    ({ name, expression }) =>
      expression === check.expression && (name === check.name || !isThere(after, name)),
  )
  return same === undefined ? check : { ...check, name: same.name }
}
