import { serialBase } from '../operations/type-names.ts'
import {
  type Column,
  type QualifiedName,
  type SchemaObject,
  sequenceNameOf,
  type Table,
} from '../schema/index.ts'

/** The names that only one object at a time can have, each with the space it is in. */
export function namesOf(object: SchemaObject): string[] {
  switch (object.kind) {
    case 'table':
      return [
        ...relationAndType(object),
        ...object.columns.flatMap(column => sequenceNames(object, column)),
      ]
    case 'view':
    case 'materializedView':
      return relationAndType(object)
    case 'sequence':
      return [relation(object)]
    case 'index':
      return object.name === undefined ? [] : [relation({ ...object, name: object.name })]
    case 'constraint': {
      const isIndex = object.type !== 'check' && object.type !== 'foreignKey'
      return isIndex && object.name !== undefined
        ? [relation({ ...object, name: object.name })]
        : []
    }
    case 'enum':
    case 'domain':
    case 'rangeType':
      return [type(object)]
    case 'compositeType':
      return relationAndType(object)
    case 'routine':
    case 'aggregate':
      return [`routine ${path(object)}(${object.signature})`]
    default:
      return []
  }
}

/** The sequence that the database makes for a serial or identity column, under the name it chooses. */
export function sequenceNames({ schema, name: table }: Table, column: Column): string[] {
  if (!column.identity && !serialBase(column.type)) return []
  const name = column.identity?.sequenceName ?? sequenceNameOf(table, column.name)
  return [relation({ schema, name })]
}

const path = ({ schema, name }: QualifiedName) => `${schema ?? ''}.${name}`
const relation = (name: QualifiedName) => `relation ${path(name)}`
const type = (name: QualifiedName) => `type ${path(name)}`
const relationAndType = (name: QualifiedName) => [relation(name), type(name)]
