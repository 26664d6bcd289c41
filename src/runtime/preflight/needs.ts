import type { Operation } from '../../operations/operation.ts'
import type { QualifiedName } from '../../schema/index.ts'

/** A right that an operation cannot do without. */
export type Need =
  /** The rights of a table's owner, or where `isDrop` those of its schema's. */
  | { readonly kind: 'own'; readonly table: QualifiedName; readonly isDrop?: boolean }
  /** Creating something in a schema; undefined: the default one. */
  | { readonly kind: 'create'; readonly schema: string | undefined }
  | { readonly kind: 'createSchema' }

/** What one operation needs; only what is beyond doubt. */
export function needsOf(operation: Operation): Need[] {
  switch (operation.kind) {
    case 'createTable':
      return operation.table.temporary || operation.ifNotExists ? [] : [create(operation.table)]
    case 'renameTable': {
      const { newSchema } = operation
      return [own(operation), ...(newSchema === undefined ? [] : [create({ schema: newSchema })])]
    }
    case 'dropTable':
      return [{ ...own(operation), isDrop: true }]
    case 'addColumn':
    case 'dropColumn':
    case 'alterColumn':
    case 'dropConstraint':
    case 'validateConstraint':
    case 'alterTable':
    case 'attachPartition':
    case 'detachPartition':
      return [onTable(operation)]
    case 'createConstraint':
      return [onTable(operation.constraint)]
    case 'createIndex':
      return [onTable(operation.index)]
    case 'alterTableTogether':
      return operation.changes.flatMap(needsOf)
    case 'createSchema':
      return operation.ifNotExists ? [] : [{ kind: 'createSchema' }]
    case 'createView':
    case 'createMaterializedView':
    case 'createSequence':
    case 'createEnum':
    case 'createDomain':
    case 'createCompositeType':
    case 'createRangeType':
    case 'createRoutine':
      return operation.ifNotExists ? [] : [create(operation.object)]
    default:
      return []
  }
}

const own = ({ schema, name }: QualifiedName): Need & { kind: 'own' } => ({
  kind: 'own',
  table: { schema, name },
})

const onTable = ({
  schema,
  table,
}: {
  readonly schema?: string | undefined
  readonly table: string
}): Need => own({ schema, name: table })

const create = ({ schema }: { readonly schema?: string | undefined }): Need => ({
  kind: 'create',
  schema,
})

/** The table, or what else has columns, that the role owns after an operation. */
export function madeBy(operation: Operation): QualifiedName | undefined {
  switch (operation.kind) {
    case 'createTable':
      return operation.ifNotExists ? undefined : operation.table
    case 'createView':
    case 'createMaterializedView':
      return operation.ifNotExists ? undefined : operation.object
    case 'renameTable':
      return { schema: operation.newSchema ?? operation.schema, name: operation.newName }
    default:
      return undefined
  }
}

/** Statements that leave roles, owners and the search path as they are. */
const harmless =
  /^\s*(?:insert|update|delete|truncate|comment|analyze|vacuum|alter\s+type|create\s+(?:unique\s+)?index|create\s+(?:or\s+replace\s+)?view)\b/i

/** More than one. */
const several = /;\s*\S/

/** Whether the rights may be others after an operation than before. */
export function mayChangeRights(operation: Operation): boolean {
  switch (operation.kind) {
    case 'run':
    case 'custom':
    case 'grant':
    case 'revoke':
    case 'alterOwner':
      return true
    case 'execute':
      return !harmless.test(operation.sql) || several.test(operation.sql)
    case 'backfill':
      return operation.callback !== undefined
    default:
      return false
  }
}
