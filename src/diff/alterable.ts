import { parseTypeName } from '../operations/type-names.ts'
import type {
  CompositeType,
  DatabaseSchema,
  Domain,
  ObjectId,
  Policy,
  Publication,
  SchemaObject,
  Table,
  Trigger,
} from '../schema/index.ts'
import { isEqual, without } from './equal.ts'
import { typeId } from './type-ids.ts'

/** Whether PostgreSQL can make one form of an object of the other, and back, while it stays. */
export function canAlter(
  current: SchemaObject,
  target: SchemaObject,
  sides: readonly DatabaseSchema[],
): boolean {
  switch (current.kind) {
    case 'domain':
      return canAlterDomain(current, target as Domain, sides)
    case 'compositeType':
      return (
        canAlterComposite(current, target as CompositeType) &&
        canAlterComposite(target as CompositeType, current)
      )
    case 'policy':
      return canAlterPolicy(current, target as Policy)
    case 'publication':
      return canAlterPublication(current, target as Publication)
    case 'statistics':
      return agreeBut(current, target, 'target')
    case 'rule':
    case 'eventTrigger':
      return agreeBut(current, target, 'enabled')
    case 'trigger':
      return agreeBut(current, target, 'enabled') && isOnPlainTable(current, sides)
    default:
      return false
  }
}

function agreeBut<T extends SchemaObject>(current: T, target: SchemaObject, key: string): boolean {
  const rest = (object: SchemaObject) => without(object, 'comment', key as keyof SchemaObject)
  return isEqual(rest(current), rest(target))
}

/** The server refuses what it would have to check in values inside of arrays and other types. */
function canAlterDomain(
  current: Domain,
  target: Domain,
  sides: readonly DatabaseSchema[],
): boolean {
  if (current.type !== target.type || current.collation !== target.collation) return false
  const isChecked = current.notNull !== target.notNull || !isEqual(current.checks, target.checks)
  const id = `domain:${current.schema ?? ''}.${current.name}`
  return !isChecked || !sides.some(side => isWithinOthers(id, side))
}

function isWithinOthers(id: ObjectId, schema: DatabaseSchema): boolean {
  const isIt = (type: string) => typeId(schema, type) === id
  return [...schema.objects.values()].some(object => {
    switch (object.kind) {
      case 'table':
        return object.columns.some(({ type }) => isIt(type) && parseTypeName(type).array !== '')
      case 'compositeType':
        return object.attributes.some(({ type }) => isIt(type))
      case 'rangeType':
        return isIt(object.subtype)
      case 'domain':
        return isIt(object.type)
      default:
        return false
    }
  })
}

/** Attributes go, and come at the end; one that changes needs a type that no table has. */
function canAlterComposite(current: CompositeType, target: CompositeType): boolean {
  const before = new Map(current.attributes.map(attribute => [attribute.name, attribute]))
  const kept = target.attributes.filter(({ name }) => before.has(name))
  const isSame = kept.every(attribute => {
    const { type, collation } = before.get(attribute.name)!
    return type === attribute.type && collation === attribute.collation
  })
  const stays = current.attributes.filter(({ name }) => kept.some(one => one.name === name))
  const names = (list: CompositeType['attributes']) => list.map(({ name }) => name).join('\n')
  const isFirst = names(target.attributes.slice(0, kept.length)) === names(kept)
  return isSame && kept.length > 0 && isFirst && names(stays) === names(kept)
}

/** An expression can be changed, but neither taken away nor given. */
function canAlterPolicy(current: Policy, target: Policy): boolean {
  const has = (policy: Policy) => [policy.using !== undefined, policy.withCheck !== undefined]
  return (
    current.restrictive === target.restrictive &&
    current.command === target.command &&
    isEqual(has(current), has(target))
  )
}

function canAlterPublication(current: Publication, target: Publication): boolean {
  if (current.objects === target.objects) return true
  return [current, target].every(({ objects }) => /^TABLES? (?!.*ALL TABLES)/s.test(objects ?? ''))
}

/** Partitions have copies of a trigger, which it takes along. */
function isOnPlainTable({ schema, table, inherited }: Trigger, sides: readonly DatabaseSchema[]) {
  const id = `table:${schema ?? ''}.${table}`
  const isPlain = (side: DatabaseSchema) =>
    (side.objects.get(id) as Table | undefined)?.partitionBy === undefined
  return inherited === undefined && sides.every(isPlain)
}
