import type {
  AddColumn,
  AlterColumn,
  AlterSequence,
  CreateTable,
  DropColumn,
  DropTable,
  Operation,
  OperationOf,
} from '../operations/operation.ts'
import type { Column, Constraint, DatabaseSchema, Table } from '../schema/index.ts'
import { columnOf } from './inheritance.ts'
import type { Part } from './part.ts'

/**
 * Writes a group as operations: what its leader can say of its guests it says itself, the rest stands
 * right before it, where things go, or right after it, where they come.
 */
export function fold([leader, ...guests]: readonly Part[], current: DatabaseSchema): Operation[] {
  if (!leader) return []
  let host = leader.operation
  const companions: Operation[] = []
  for (const guest of guests) {
    const merged = merge(host, guest.operation, current)
    if (merged) host = merged
    else companions.push(guest.operation)
  }
  return leader.motion === 'down' ? [...companions.reverse(), host] : [host, ...companions]
}

function merge(host: Operation, guest: Operation, current: DatabaseSchema): Operation | undefined {
  switch (host.kind) {
    case 'createTable':
      return intoCreateTable(host, guest)
    case 'dropTable':
      return intoDropTable(host, guest, current)
    case 'addColumn':
      return intoAddColumn(host, guest)
    case 'dropColumn':
      return intoDropColumn(host, guest, current)
    case 'alterColumn':
      return guest.kind === 'alterColumn' ? mergeChanges(host, guest) : undefined
    case 'createSequence':
      return guest.kind === 'alterSequence' ? withOwner(host, guest) : undefined
    case 'dropSequence':
      return guest.kind === 'alterSequence' ? withFormerOwner(host, guest) : undefined
    default:
      return undefined
  }
}

function intoCreateTable(host: CreateTable, guest: Operation): CreateTable | undefined {
  switch (guest.kind) {
    case 'createConstraint':
      if (isRedundant(guest.constraint, host.constraints)) return undefined
      return { ...host, constraints: [...host.constraints, guest.constraint] }
    case 'alterColumn':
      return { ...host, table: withDefault(host.table, guest.column, guest.changes.default) }
    default:
      return undefined
  }
}

function intoDropTable(
  host: DropTable,
  guest: Operation,
  current: DatabaseSchema,
): DropTable | undefined {
  const { existing } = host
  if (!existing) return undefined
  switch (guest.kind) {
    case 'dropConstraint':
      if (guest.existing && isRedundant(guest.existing, existing.constraints)) return undefined
      return (
        guest.existing && {
          ...host,
          existing: {
            ...existing,
            constraints: [...existing.constraints, guest.existing],
          },
        }
      )
    case 'dropIndex':
      return (
        guest.existing && {
          ...host,
          existing: { ...existing, indexes: [...existing.indexes, guest.existing] },
        }
      )
    case 'alterColumn': {
      const value = currentColumn(current, guest)?.default
      return {
        ...host,
        existing: { ...existing, table: withDefault(existing.table, guest.column, value) },
      }
    }
    default:
      return undefined
  }
}

/** Of two keys over the same columns CREATE TABLE makes only one; a second has to come by itself. */
function isRedundant(constraint: Constraint, others: readonly Constraint[]): boolean {
  const isKey = constraint.type === 'primaryKey' || constraint.type === 'unique'
  return (
    isKey &&
    others.some(
      other =>
        other.type !== 'foreignKey' &&
        'columns' in other &&
        String(other.columns) === String(constraint.columns),
    )
  )
}

function intoAddColumn(host: AddColumn, guest: Operation): AddColumn | undefined {
  if (guest.kind !== 'alterColumn') return undefined
  return { ...host, column: { ...host.column, default: guest.changes.default ?? undefined } }
}

function intoDropColumn(
  host: DropColumn,
  guest: Operation,
  current: DatabaseSchema,
): DropColumn | undefined {
  if (guest.kind !== 'alterColumn' || !host.existing) return undefined
  const value = currentColumn(current, guest)?.default
  return { ...host, existing: { ...host.existing, default: value } }
}

function mergeChanges(host: AlterColumn, guest: AlterColumn): AlterColumn {
  return { ...host, changes: { ...host.changes, ...guest.changes } }
}

function withOwner(
  host: OperationOf<'createSequence'>,
  { changes }: AlterSequence,
): OperationOf<'createSequence'> {
  return { ...host, object: { ...host.object, ownedBy: changes.ownedBy ?? undefined } }
}

function withFormerOwner(
  host: OperationOf<'dropSequence'>,
  { existing }: AlterSequence,
): OperationOf<'dropSequence'> | undefined {
  return (
    host.existing && {
      ...host,
      existing: { ...host.existing, ownedBy: existing?.ownedBy ?? undefined },
    }
  )
}

function withDefault(table: Table, name: string, value: Column['default'] | null): Table {
  const columns = table.columns.map(column =>
    column.name === name ? { ...column, default: value ?? undefined } : column,
  )
  return { ...table, columns }
}

/** The column that an operation changes, as it is now. */
export function currentColumn(
  { objects }: DatabaseSchema,
  { schema, table, column }: Pick<AlterColumn, 'schema' | 'table' | 'column'>,
): Column | undefined {
  const object = objects.get(`table:${schema ?? ''}.${table}`)
  return object?.kind === 'table' ? columnOf(object, column) : undefined
}
