import { alteredColumn } from '../operations/altered-column.ts'
import type { Operation } from '../operations/operation.ts'
import { type Column, columnId, type DatabaseSchema, type Routine } from '../schema/index.ts'
import { currentColumn } from './fold.ts'

/**
 * Says in each alterColumn and dropColumn what the column is by then. A column may be changed more
 * than once, and each change must be undone from where it stood.
 */
export function rememberColumns(
  operations: readonly Operation[],
  current: DatabaseSchema,
): Operation[] {
  const columns = new Map<string, Column>()
  const id = ({ schema, table }: { schema?: string | undefined; table: string }, column: string) =>
    columnId(schema ?? '', table, column)
  return operations.map(operation => {
    switch (operation.kind) {
      case 'createTable': {
        const { schema, name: table } = operation.table
        for (const column of operation.table.columns) {
          columns.set(id({ schema, table }, column.name), column)
        }
        return operation
      }
      case 'addColumn':
        columns.set(id(operation, operation.column.name), operation.column)
        return operation
      case 'alterColumn': {
        const key = id(operation, operation.column)
        const existing = columns.get(key) ?? currentColumn(current, operation)
        if (!existing) return operation
        columns.set(key, alteredColumn(existing, operation.changes))
        return { ...operation, existing }
      }
      case 'dropColumn': {
        const key = id(operation, operation.column)
        const existing = columns.get(key) ?? operation.existing
        columns.delete(key)
        return { ...operation, existing }
      }
      default:
        return operation
    }
  })
}

/**
 * Leaves the body of a new routine unchecked where it may name what is not there yet: in SQL always,
 * since the text is analysed at once and nobody knows what it uses; elsewhere when something that it
 * could name comes later. A body that is replaced has to find what it names on the way back as well.
 */
export function markUncheckedBodies(operations: readonly Operation[]): Operation[] {
  const last = operations.findLastIndex(({ kind }) => nameable.has(kind))
  const isAlone = !operations.some(({ kind }) => nameable.has(kind) || kind.startsWith('drop'))
  return operations.map((operation, position) => {
    switch (operation.kind) {
      case 'createRoutine': {
        const { object } = operation
        const isUnchecked = isSqlText(object) || borrowsTypes(object) || position < last
        return isUnchecked && object.body !== undefined
          ? { ...operation, uncheckedBody: true }
          : operation
      }
      case 'replaceRoutine': {
        const isUnchecked = !isAlone && [operation.object, operation.existing].some(isSqlText)
        return isUnchecked ? { ...operation, uncheckedBody: true } : operation
      }
      default:
        return operation
    }
  })
}

/** PL/pgSQL looks up at once, and nothing else, what the variables take their types from. */
function borrowsTypes({ body = '' }: Routine): boolean {
  return /%\s*(row)?type\b/i.test(body)
}

function isSqlText(routine: Routine | undefined): boolean {
  return routine?.language === 'sql' && routine.body !== undefined
}

const nameable = new Set<Operation['kind']>([
  'createTable',
  'addColumn',
  'createView',
  'createMaterializedView',
  'createCompositeType',
  'createDomain',
  'createEnum',
])
