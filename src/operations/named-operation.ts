import { compact } from '../declarations/declaration.ts'
import type { Constraint } from '../schema/index.ts'
import type { Naming } from './naming.ts'
import type {
  DropConstraint,
  DropIndex,
  ExistingTable,
  Operation,
  TableOperation,
} from './operation.ts'

/** An operation as it is recorded, with the final names of the indexes and constraints in it. */
export function namedOperation(operation: Operation, naming: Naming): Operation {
  switch (operation.kind) {
    case 'createTable':
      return { ...operation, constraints: namedAll(operation.constraints, naming) }
    case 'dropTable': {
      const { existing } = operation
      return existing ? { ...operation, existing: namedTable(existing, naming) } : operation
    }
    case 'addColumn':
    case 'dropColumn': {
      const { constraints } = operation
      return constraints ? { ...operation, constraints: namedAll(constraints, naming) } : operation
    }
    case 'createConstraint':
      return { ...operation, constraint: naming.named(operation.constraint) }
    case 'createIndex':
      return { ...operation, index: naming.named(operation.index) }
    case 'dropConstraint':
      return namedDropConstraint(operation, naming)
    case 'dropIndex':
      return namedDropIndex(operation, naming)
    case 'alterTableTogether': {
      const { existing } = operation
      return {
        ...operation,
        changes: operation.changes.map(change => namedOperation(change, naming) as TableOperation),
        ...(existing && { existing: namedTable(existing, naming) }),
      }
    }
    default:
      return operation
  }
}

const namedAll = (constraints: readonly Constraint[], naming: Naming): Constraint[] =>
  constraints.map(constraint => naming.named(constraint))

function namedTable<T extends ExistingTable>(existing: T, naming: Naming): T {
  return {
    ...existing,
    constraints: namedAll(existing.constraints, naming),
    indexes: existing.indexes.map(index => naming.named(index)),
  }
}

/** A name alone is what a check's convention makes a name of; any other takes the columns. */
function namedDropConstraint(operation: DropConstraint, naming: Naming): DropConstraint {
  const { hasFinalName, ...rest } = operation
  const { schema, table, name, type } = operation
  if (hasFinalName || type === undefined) return withExisting(rest, rest.name, naming)
  const described = { kind: 'constraint', type, schema, table, name } as Constraint
  return withExisting(rest, naming.named(operation.existing ?? described).name ?? name, naming)
}

function withExisting(
  { existing, ...operation }: DropConstraint,
  name: string,
  naming: Naming,
): DropConstraint {
  return compact({ ...operation, name, existing: existing && naming.named(existing) })
}

function namedDropIndex(operation: DropIndex, naming: Naming): DropIndex {
  const { hasFinalName, ...rest } = operation
  const { schema, table = '', name } = operation
  const described = { kind: 'index', schema, table, name, elements: [] } as const
  const index = naming.named(operation.existing ?? { ...described, hasFinalName })
  return compact({ ...rest, name: index.name ?? name, existing: operation.existing && index })
}
