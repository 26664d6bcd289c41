import type { Operation } from '../../src/operations/operation.ts'

/** Each operation as its kind and the name of what it is about: `createTable users (users_pkey)`. */
export function outline(operations: readonly Operation[]): string[] {
  return operations.map(operation => `${operation.kind} ${subject(operation)}`)
}

function subject(operation: Operation): string {
  switch (operation.kind) {
    case 'createTable':
      return withParts(operation.table.name, operation.constraints)
    case 'dropTable': {
      const { constraints = [], indexes = [] } = operation.existing ?? {}
      return withParts(operation.name, [...constraints, ...indexes])
    }
    case 'createConstraint':
      return operation.constraint.name ?? ''
    case 'createIndex':
      return operation.index.name ?? ''
    case 'addColumn':
      return `${operation.table}.${operation.column.name}`
    case 'dropColumn':
      return `${operation.table}.${operation.column}`
    case 'alterColumn':
      return `${operation.table}.${operation.column} ${Object.keys(operation.changes)}`
    case 'alterSequence':
      return `${operation.name} ${Object.keys(operation.changes)}`
    default:
      return nameOf(operation)
  }
}

function withParts(name: string, parts: readonly { readonly name?: string | undefined }[]): string {
  return parts.length === 0 ? name : `${name} (${parts.map(part => part.name).join(', ')})`
}

function nameOf(operation: Operation): string {
  if ('object' in operation) return 'name' in operation.object ? (operation.object.name ?? '') : ''
  if ('name' in operation) return operation.name
  return 'table' in operation ? String(operation.table) : ''
}
