import type { Connection, Dialect } from '../../dialects/dialect.ts'
import { identityOf } from '../../operations/identity.ts'
import type { Operation } from '../../operations/operation.ts'
import type { DatabaseSchema, ObjectId, SchemaObject, Table } from '../../schema/index.ts'
import { applyOperations } from '../build-schema.ts'

/**
 * Builds some objects of the schema that a database holds again from their own description. False, and
 * nothing is done, where one of them cannot be taken down by itself.
 */
export async function rebuildInPlace(
  connection: Connection,
  dialect: Dialect,
  schema: DatabaseSchema,
  ids: readonly ObjectId[],
): Promise<boolean> {
  const rebuilds = ids.map(id => rebuildOf(schema.objects.get(id)))
  if (rebuilds.includes(undefined)) return false
  await applyOperations(
    connection,
    dialect,
    rebuilds.flatMap(operations => operations ?? []),
  )
  return true
}

/** Nothing else rests on what is taken down here: those objects are the ends of the graph. */
function rebuildOf(object: SchemaObject | undefined): Operation[] | undefined {
  switch (object?.kind) {
    case 'table':
      return defaults(object)
    case 'constraint': {
      if (object.type !== 'check' || object.name === undefined) return undefined
      const { schema, table, name } = object
      return [
        { kind: 'dropConstraint', schema, table, name, type: 'check' },
        { kind: 'createConstraint', constraint: object },
      ]
    }
    case 'index': {
      if (object.attachedTo || object.only || object.clustered || object.name === undefined)
        return undefined
      const { schema, name } = object
      return [
        { kind: 'dropIndex', schema, name },
        { kind: 'createIndex', index: object },
      ]
    }
    case 'policy':
      return [
        { kind: 'dropPolicy', object: identityOf(object) },
        { kind: 'createPolicy', object },
      ]
    default:
      return undefined
  }
}

function defaults({ schema, name, columns }: Table): Operation[] {
  return columns.flatMap(column =>
    column.default === undefined
      ? []
      : {
          kind: 'alterColumn',
          schema,
          table: name,
          column: column.name,
          changes: { default: column.default },
        },
  )
}
