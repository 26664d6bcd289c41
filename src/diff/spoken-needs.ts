import {
  type Constraint,
  columnId,
  type DatabaseSchema,
  type QualifiedName,
  type SchemaObject,
  type Table,
} from '../schema/index.ts'
import { type ElementId, hostRelation, partitionElement, relationIds } from './elements.ts'
import { typeId } from './type-ids.ts'

/** The needs that an object names itself; what only its expressions know has to be reported. */
export function spokenNeeds(schema: DatabaseSchema, object: SchemaObject): ElementId[] {
  return [...namespace(schema, object), ...hosts(schema, object), ...others(schema, object)]
}

/** Those of the given ids that are there. */
export function existing(schema: DatabaseSchema, ids: readonly ElementId[]): ElementId[] {
  return ids.filter(id => schema.objects.has(id))
}

function namespace(schema: DatabaseSchema, object: SchemaObject): ElementId[] {
  if (!('schema' in object) || object.schema === undefined) return []
  return existing(schema, [`schema:${object.schema}`])
}

function hosts(schema: DatabaseSchema, object: SchemaObject): ElementId[] {
  const host = hostRelation(object)
  return host ? existing(schema, relationIds(host)) : []
}

function others(schema: DatabaseSchema, object: SchemaObject): ElementId[] {
  switch (object.kind) {
    case 'constraint':
      return constraintNeeds(schema, object)
    case 'index': {
      const columns = object.elements.flatMap(({ column }) => column ?? [])
      return [
        ...columnsOn(object, [...columns, ...(object.include ?? [])]),
        ...parentIndex(schema, object.attachedTo),
      ]
    }
    case 'trigger':
      return [
        ...columnsOn(object, object.updateOf ?? []),
        ...(object.inherited
          ? [partitionElement({ schema: object.schema, name: object.table })]
          : []),
      ]
    case 'table':
      return tableNeeds(schema, object)
    default:
      return []
  }
}

function tableNeeds(schema: DatabaseSchema, table: Table): ElementId[] {
  const parents = [
    ...(table.partitionOf ? [table.partitionOf.parent] : []),
    ...(table.inherits ?? []),
  ]
  const type = table.ofType === undefined ? undefined : typeId(schema, table.ofType)
  return [...parents.flatMap(name => existing(schema, relationIds(name))), ...(type ? [type] : [])]
}

function constraintNeeds(schema: DatabaseSchema, constraint: Constraint): ElementId[] {
  switch (constraint.type) {
    case 'primaryKey':
    case 'unique':
      return [
        ...columnsOn(constraint, [...constraint.columns, ...(constraint.include ?? [])]),
        ...parentIndex(schema, constraint.attachedTo),
      ]
    case 'foreignKey': {
      const { schema: space, table, columns } = constraint.references
      return [
        ...columnsOn(constraint, constraint.columns),
        ...existing(schema, relationIds({ schema: space, name: table })),
        ...columnsOn(constraint.references, columns),
      ]
    }
    default:
      return []
  }
}

interface OnTable {
  readonly schema?: string | undefined
  readonly table: string
}

function columnsOn({ schema, table }: OnTable, columns: readonly string[]): ElementId[] {
  return columns.map(column => columnId(schema ?? '', table, column))
}

/** The parent's index; where it belongs to a constraint, the database reports that one. */
function parentIndex(schema: DatabaseSchema, parent: QualifiedName | undefined): ElementId[] {
  return parent ? existing(schema, [`index:${parent.schema ?? ''}.${parent.name}`]) : []
}
