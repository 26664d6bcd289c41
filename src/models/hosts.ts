import type { QualifiedName, SchemaObject } from '../schema/index.ts'

/** The relation that an object stands on or belongs to; undefined for one that stands alone. */
export function hostOf(object: SchemaObject): QualifiedName | undefined {
  switch (object.kind) {
    case 'constraint':
    case 'index':
    case 'trigger':
    case 'policy':
    case 'rule':
      return { schema: object.schema, name: object.table }
    case 'statistics':
      return object.table
    case 'sequence':
      return object.ownedBy && { schema: object.ownedBy.schema, name: object.ownedBy.table }
    default:
      return undefined
  }
}
