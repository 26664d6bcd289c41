import { namesOf } from '../../diff/names.ts'
import type { Needs } from '../../diff/needs.ts'
import { identityOf, isCreate, isDrop, kindOfDropped } from '../../operations/identity.ts'
import type { OnTable, Operation } from '../../operations/operation.ts'
import {
  columnId,
  defaultId,
  type Index,
  objectId,
  type QualifiedName,
  type SchemaObject,
} from '../../schema/index.ts'

/** What an operation has to do with others. */
export interface Footprint {
  /** What is there, or is what it is, only before it or only after it: ids of elements, and names. */
  readonly changes: readonly string[]
  /** What has to stay as it is meanwhile. */
  readonly needs: readonly string[]
  /** Nobody knows: it keeps its place among all others. */
  readonly isOpaque: boolean
}

/** The footprint of an operation of a comparison whose sides have these needs. */
export function footprintOf(operation: Operation, sides: readonly Needs[]): Footprint {
  const own = ownFootprint(operation)
  if (own === undefined) return { changes: [], needs: [], isOpaque: true }
  const { changes, needs } = own
  const told = changes.flatMap(id => sides.flatMap(side => [...side.touches(id)]))
  return { changes, needs: [...needs, ...told], isOpaque: false }
}

type Own = Omit<Footprint, 'isOpaque'>

function ownFootprint(operation: Operation): Own | undefined {
  if (isCreate(operation)) return ofObject(operation.object)
  if (isDrop(operation)) {
    const { existing, object } = operation
    return ofObject(existing ?? ({ kind: kindOfDropped(operation), ...object } as SchemaObject))
  }
  switch (operation.kind) {
    case 'createTable':
      return together([operation.table, ...operation.constraints])
    case 'dropTable': {
      const { existing } = operation
      if (existing === undefined) return undefined
      return together([existing.table, ...existing.constraints, ...existing.indexes])
    }
    case 'alterTable':
      return { changes: [`table:${path(operation)}`, `replica:${path(operation)}`], needs: [] }
    case 'attachPartition':
    case 'detachPartition': {
      const { schema, name } = operation.partition
      const partition = { schema, table: name }
      return {
        changes: [
          `partition:${path(partition)}`,
          ...[operation, partition].map(on => `table:${path(on)}`),
        ],
        needs: [],
      }
    }
    case 'addColumn':
      return column(operation, operation.column.name)
    case 'dropColumn':
    case 'alterColumn':
      return hasNewName(operation) ? undefined : column(operation, operation.column)
    case 'createConstraint':
      return ofObject(operation.constraint)
    case 'dropConstraint': {
      const { schema, table, name, existing } = operation
      if (existing !== undefined) return ofObject(existing)
      return { changes: [`constraint:${path({ schema, table })}.${name}`], needs: [] }
    }
    case 'createIndex':
      return ofObject(operation.index)
    case 'dropIndex':
      return operation.existing && ofObject({ ...operation.existing, name: operation.name })
    case 'addEnumValue':
    case 'renameEnumValue':
    case 'replaceEnumValues':
      return ofEnum(operation)
    case 'alterSequence': {
      const { schema, name } = operation
      const own = path({ schema, table: name })
      return { changes: [`sequence:${own}`, `owner:${own}`], needs: [] }
    }
    case 'replaceView':
    case 'replaceRoutine':
    case 'setComment':
      return ofObject(operation.object)
    default:
      return undefined
  }
}

const path = ({ schema = '', table }: OnTable): string => `${schema}.${table}`

function ofObject(object: SchemaObject): Own {
  return {
    changes: [objectId(object), ...namesOf(object)],
    needs: [...hostOf(object), ...(object.kind === 'index' ? keysOf(object) : [])],
  }
}

function hostOf(object: SchemaObject): string[] {
  const { table } = identityOf(object)
  const schema = 'schema' in object ? object.schema : undefined
  return table === undefined ? [] : [`table:${path({ schema, table })}`]
}

/** After a rename of its table the other side knows an index by other columns: it says its own. */
function keysOf({ schema, table, elements, include = [] }: Index): string[] {
  const columns = [...elements.flatMap(({ column: name }) => name ?? []), ...include]
  return columns.map(name => columnId(schema ?? '', table, name))
}

function together(objects: readonly SchemaObject[]): Own {
  const all = objects.map(ofObject)
  const columns = objects.flatMap(object =>
    object.kind === 'table'
      ? object.columns.flatMap(({ name }) => column(nameOf(object), name).changes)
      : [],
  )
  return {
    changes: [...all.flatMap(({ changes }) => changes), ...columns],
    needs: all.flatMap(({ needs }) => needs),
  }
}

const nameOf = ({ schema, name }: QualifiedName): OnTable => ({ schema, table: name })

function column(on: OnTable, name: string): Own {
  const { schema = '', table } = on
  const changes = [columnId(schema, table, name), defaultId(schema, table, name)]
  return { changes, needs: [`table:${path(on)}`] }
}

function hasNewName(operation: Operation): boolean {
  return operation.kind === 'alterColumn' && operation.changes.newName !== undefined
}

function ofEnum(
  operation: Extract<Operation, { kind: 'addEnumValue' | 'renameEnumValue' | 'replaceEnumValues' }>,
): Own {
  const { schema = '', name } = operation
  const columns = 'columns' in operation ? (operation.columns ?? []) : []
  return {
    changes: [`enum:${schema}.${name}`, ...columns.flatMap(use => column(use, use.column).changes)],
    needs: [],
  }
}
