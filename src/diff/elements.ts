import {
  columnId,
  defaultId,
  type ForeignKey,
  type ObjectId,
  type QualifiedName,
  type SchemaObject,
  type Sequence,
  type Table,
} from '../schema/index.ts'

/**
 * What can come, change and go by itself: the objects of a schema by their ids, and those parts of
 * them that may have to wait for something else (`column:`, `default:`, `owner:`, `replica:`,
 * `partition:`, `logging:`).
 */
export type ElementId = ObjectId

/** The element of a table's column. */
export function columnElement(table: Table, column: string): ElementId {
  return columnId(table.schema ?? '', table.name, column)
}

/** The element of a column's default. */
export function defaultElement(table: Table, column: string): ElementId {
  return defaultId(table.schema ?? '', table.name, column)
}

/** The element of a sequence's OWNED BY. */
export function ownerElement(sequence: Sequence): ElementId {
  return `owner:${sequence.schema ?? ''}.${sequence.name}`
}

/** The element of a replica identity that names an index. */
export function replicaElement(table: Table): ElementId {
  return `replica:${table.schema ?? ''}.${table.name}`
}

/** The element of a table's place among its parent's partitions. */
export function partitionElement(table: QualifiedName): ElementId {
  return `partition:${table.schema ?? ''}.${table.name}`
}

/** The element of whether a table is logged. */
export function loggingElement({ schema, name }: QualifiedName): ElementId {
  return `logging:${schema ?? ''}.${name}`
}

/** Those of the tables at the two ends of a foreign key. */
export function loggingOf({ schema, table, references }: ForeignKey): [ElementId, ElementId] {
  return [
    loggingElement({ schema, name: table }),
    loggingElement({ schema: references.schema, name: references.table }),
  ]
}

/** A table as the operations on its parts name it. */
export function onTable({ schema, name }: QualifiedName): {
  schema: string | undefined
  table: string
} {
  return { schema, table: name }
}

/** The relations that a name can stand for, as ids. */
export function relationIds({ schema, name }: QualifiedName): ElementId[] {
  const path = `${schema ?? ''}.${name}`
  return [`table:${path}`, `view:${path}`, `materializedView:${path}`]
}

/** The relation that an object sits on and disappears with; undefined for one that stands alone. */
export function hostRelation(object: SchemaObject): QualifiedName | undefined {
  switch (object.kind) {
    case 'constraint':
    case 'index':
    case 'trigger':
    case 'rule':
    case 'policy':
      return { schema: object.schema, name: object.table }
    case 'statistics':
      return object.table
    default:
      return undefined
  }
}
