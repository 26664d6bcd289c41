import type { CheckConstraint, SchemaObject, Table } from '../schema/index.ts'
import { relationKey } from './declarations.ts'

/** The objects without the checks that partitions have from their parents: they come with those. */
export function withoutParentsChecks(objects: readonly SchemaObject[]): SchemaObject[] {
  const tables = new Map<string, Table>()
  const checks = new Map<string, CheckConstraint>()
  for (const object of objects) {
    if (object.kind === 'table') tables.set(relationKey(object), object)
    if (isCheck(object)) checks.set(checkKey(object.schema, object.table, object.name), object)
  }
  return objects.filter(object => {
    if (!isCheck(object) || object.comment !== undefined) return true
    const table = tables.get(relationKey({ schema: object.schema, name: object.table }))
    const parent = table?.partitionOf?.parent
    if (parent === undefined) return true
    const own = checks.get(checkKey(parent.schema, parent.name, object.name))
    return own?.expression !== object.expression
  })
}

const isCheck = (object: SchemaObject): object is CheckConstraint =>
  object.kind === 'constraint' && object.type === 'check'

const checkKey = (...names: readonly (string | undefined)[]): string => JSON.stringify(names)
