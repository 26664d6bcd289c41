import type { AddEnumValue, EnumUse, Operation } from '../operations/operation.ts'
import type {
  Column,
  DatabaseSchema,
  EnumType,
  ObjectId,
  SchemaObject,
  Table,
} from '../schema/index.ts'
import { columnElement, type ElementId } from './elements.ts'
import { columnOf } from './inheritance.ts'
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
  { current, target }: { readonly current: DatabaseSchema; readonly target: DatabaseSchema },
  compare: Compare,
): Group[] {
  const gone = new Set<ElementId>()
  const changed = new Set<ElementId>()
  return groups.map(group => {
    for (const { motion, removes } of group) {
      const into = { down: gone, change: changed, up: undefined }[motion]
      for (const element of removes) into?.add(element)
    }
    const [leader, ...guests] = group
    if (leader?.operation.kind !== 'addEnumValue') return group
    const dependents = dependentsOf(
      leader.operation,
      asFar(current, target, gone, changed),
      compare,
    )
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

/** The schema once some of its objects and columns are gone, and other columns are those of the target. */
function asFar(
  current: DatabaseSchema,
  target: DatabaseSchema,
  gone: ReadonlySet<ElementId>,
  changed: ReadonlySet<ElementId>,
): DatabaseSchema {
  if (gone.size + changed.size === 0) return current
  const columnsOf = (table: Table, id: ObjectId): Column[] => {
    const after = target.objects.get(id)
    return table.columns.flatMap(column => {
      const element = columnElement(table, column.name)
      if (gone.has(element)) return []
      const isChanged = changed.has(element) && after?.kind === 'table'
      return (isChanged && columnOf(after, column.name)) || column
    })
  }
  const objects = [...current.objects]
    .filter(([id]) => !gone.has(id))
    .map(([id, object]): [ObjectId, SchemaObject] => [
      id,
      object.kind === 'table' ? { ...object, columns: columnsOf(object, id) } : object,
    ])
  return { ...current, objects: new Map(objects) }
}
