import type { AddEnumValue, EnumUse, Operation } from '../operations/operation.ts'
import type { DatabaseSchema, EnumType } from '../schema/index.ts'
import type { ElementId } from './elements.ts'
import type { Part } from './part.ts'

type Group = readonly Part[]

type Compare = (
  current: DatabaseSchema,
  target: DatabaseSchema,
) => { readonly operations: readonly Operation[] }

/**
 * Tells every addEnumValue what its reverse has to take down and put back. Adding a value disturbs
 * nobody; taking it away needs another type, as comparing the schema with and without it shows.
 */
export function withEnumDependents(
  groups: readonly Group[],
  current: DatabaseSchema,
  compare: Compare,
): Group[] {
  const gone = new Set<ElementId>()
  return groups.map(group => {
    for (const { motion, removes } of group) {
      if (motion === 'down') for (const element of removes) gone.add(element)
    }
    const [leader, ...guests] = group
    if (leader?.operation.kind !== 'addEnumValue') return group
    const dependents = dependentsOf(leader.operation, without(current, gone), compare)
    if (dependents.length === 0) return group
    const columns = leader.operation.columns?.filter(use => !isDropped(use, dependents))
    return [{ ...leader, operation: { ...leader.operation, columns, dependents } }, ...guests]
  })
}

/** A table that makes way comes back with the new type. */
function isDropped({ schema, table }: EnumUse, dependents: readonly Operation[]): boolean {
  return dependents.some(
    one => one.kind === 'dropTable' && one.schema === schema && one.name === table,
  )
}

function dependentsOf(
  { schema, name, value, existing = [] }: AddEnumValue,
  current: DatabaseSchema,
  compare: Compare,
): readonly Operation[] {
  const withValues = (values: readonly string[]): DatabaseSchema => {
    const id = `enum:${schema ?? ''}.${name}`
    const type = { ...(current.objects.get(id) as EnumType), values }
    return { ...current, objects: new Map(current.objects).set(id, type) }
  }
  const { operations } = compare(withValues([...existing, value]), withValues(existing))
  return operations.slice(
    0,
    operations.findIndex(({ kind }) => kind === 'replaceEnumValues'),
  )
}

/** The schema as it is once some of its objects are gone. */
function without(schema: DatabaseSchema, gone: ReadonlySet<ElementId>): DatabaseSchema {
  if (gone.size === 0) return schema
  return { ...schema, objects: new Map([...schema.objects].filter(([id]) => !gone.has(id))) }
}
