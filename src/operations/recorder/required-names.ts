import { invalid, whatIs } from '../../declarations/declaration.ts'
import type { Operation, OperationKind } from '../operation.ts'

/** Where an operation holds the names without which it means nothing. */
const nameKeys: { readonly [K in OperationKind]?: readonly string[] } = {
  dropTable: ['name'],
  renameTable: ['name', 'newName'],
  alterTable: ['table'],
  attachPartition: ['table'],
  detachPartition: ['table'],
  addColumn: ['table'],
  dropColumn: ['table', 'column'],
  alterColumn: ['table', 'column'],
  dropConstraint: ['name', 'table'],
  validateConstraint: ['name', 'table'],
  dropIndex: ['name'],
  alterTableTogether: ['table'],
  addEnumValue: ['name', 'value'],
  renameEnumValue: ['name', 'value', 'newValue'],
  replaceEnumValues: ['name'],
  renameObject: ['newName'],
  alterSequence: ['name'],
  bulkInsert: ['table'],
  bulkDelete: ['table'],
  backfill: ['table'],
}

/** Refuses an operation whose names are not texts: arguments that were left out or mixed up. */
export function requireNames(operation: Operation): void {
  for (const key of nameKeys[operation.kind] ?? []) requireText(operation, operation, key)
  if ('constraint' in operation && typeof operation.constraint === 'object') {
    requireText(operation, operation.constraint, 'table')
  }
  if ('index' in operation) requireText(operation, operation.index, 'table')
  if ('object' in operation && !('identity' in operation.object)) {
    requireText(operation, operation.object, 'name')
  }
}

function requireText({ kind }: Operation, holder: object, key: string): void {
  const value: unknown = Reflect.get(holder, key)
  const mayBeEmpty = key === 'value' || key === 'newValue'
  if (typeof value === 'string' && (value !== '' || mayBeEmpty)) return
  throw invalid(`op.${kind}`, `the argument ${key} is ${whatIs(value)}, not a name.`)
}
