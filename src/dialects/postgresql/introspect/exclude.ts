import type { SchemaObject } from '../../../schema/index.ts'
import type { IntrospectOptions } from '../../dialect.ts'

/** Whether an object is, or belongs to, one of the tables that are not to be reported. */
export function isExcluded(
  object: SchemaObject,
  names: NonNullable<IntrospectOptions['exclude']>,
): boolean {
  const place = placeOf(object)
  return names.some(
    ({ schema, name }) => place?.name === name && (schema === undefined || place.schema === schema),
  )
}

/** The table an object is or stands on. */
function placeOf(object: SchemaObject): { schema?: string | undefined; name: string } | undefined {
  if (object.kind === 'table') return object
  if (object.kind === 'statistics') return object.table
  if (object.kind === 'sequence') {
    return object.ownedBy && { schema: object.ownedBy.schema, name: object.ownedBy.table }
  }
  return 'table' in object ? { schema: object.schema, name: object.table } : undefined
}
