import type { Operation, RenamableObject } from '../../operations/operation.ts'
import type { Rename } from '../../operations/rename-words.ts'
import type { Column, DatabaseSchema, SchemaObject } from '../../schema/index.ts'
import { endsOf, findThing, keyOf } from './things.ts'

/** The operations of renames, in their order; one thing may be renamed more than once. */
export function renameOperations(
  steps: readonly Rename[],
  current: DatabaseSchema,
  target: DatabaseSchema,
): Operation[] {
  const first = new Map<string, Rename>()
  const renames = steps.map(step => {
    const { from, to } = endsOf(step)
    const origin = first.get(keyOf(from)) ?? step
    first.set(keyOf(to), origin)
    const found = findThing(current, endsOf(origin).from)
    return operationOf(step, found?.object, found?.column)
  })
  return [...newSchemas(steps, current, target), ...renames]
}

/** Schemas that tables move to have to be there. */
function newSchemas(
  steps: readonly Rename[],
  current: DatabaseSchema,
  target: DatabaseSchema,
): Operation[] {
  const wanted = new Set(steps.flatMap(({ toSchema }) => toSchema ?? []))
  return [...wanted].flatMap((name): Operation[] => {
    const object = target.objects.get(`schema:${name}`)
    if (object?.kind !== 'schema' || current.objects.has(`schema:${name}`)) return []
    return [{ kind: 'createSchema', object }]
  })
}

function operationOf(
  { kind, schema, of = '', from, to, toSchema }: Rename,
  object: SchemaObject | undefined,
  column: Column | undefined,
): Operation {
  switch (kind) {
    case 'table':
      return {
        kind: 'renameTable',
        schema,
        name: from,
        newName: to,
        ...(toSchema !== undefined && { newSchema: toSchema }),
      }
    case 'column':
      return {
        kind: 'alterColumn',
        schema,
        table: of,
        column: from,
        changes: { newName: to },
        ...(column && { existing: { ...column, name: from } }),
      }
    case 'enumValue':
      return { kind: 'renameEnumValue', schema, name: of, value: from, newValue: to }
    default: {
      const renamed = { ...object, name: from } as RenamableObject
      return { kind: 'renameObject', object: renamed, newName: to }
    }
  }
}
