import { parseTypeName } from '../operations/type-names.ts'
import type { DatabaseSchema, ObjectId } from '../schema/index.ts'

const typeKinds = [
  'enum',
  'domain',
  'compositeType',
  'rangeType',
  'table',
  'view',
  'materializedView',
] as const

/** The modelled type that a column's type is made of; undefined for one of the database's own. */
export function typeId(schema: DatabaseSchema, type: string): ObjectId | undefined {
  const parts = identifiers(parseTypeName(type).base)
  const path = parts.length > 1 ? parts.join('.') : `${schema.defaultSchema}.${parts[0] ?? ''}`
  return typeKinds.map(kind => `${kind}:${path}`).find(id => schema.objects.has(id))
}

/** The modelled collation that a column has; undefined for one of the database's own. */
export function collationId(
  schema: DatabaseSchema,
  collation: string | undefined,
): ObjectId | undefined {
  const id = `collation:${identifiers(collation ?? '').join('.')}`
  return schema.objects.has(id) ? id : undefined
}

/** The identifiers of a dotted name, quotes taken off: `auth."Status"` → auth, Status. */
function identifiers(name: string): string[] {
  const parts = name.match(/"(?:[^"]|"")*"|[^".]+/g) ?? []
  return parts.map(part => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
}
