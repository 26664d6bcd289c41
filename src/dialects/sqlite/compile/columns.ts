import type {
  AddColumn,
  AlterColumn,
  ColumnChanges,
  DropColumn,
} from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { words } from '../../sql-words.ts'
import { lacks, needsRebuild, refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { columnDefinition } from './column-definition.ts'
import { columnConstraint } from './constraints.ts'
import { alterTable } from './names.ts'

export const columns = { addColumn, dropColumn, alterColumn } satisfies Partial<CompileTable>

/** ADD COLUMN, which takes whatever belongs to the column alone, but no key. */
export function addColumn(operation: AddColumn): string[] {
  const { column, constraints = [], place } = operation
  refuse(operation, operation, { ifNotExists: 'IF NOT EXISTS for a column' })
  const isKey = constraints.some(({ type }) => type === 'primaryKey' || type === 'unique')
  if (isKey || place) throw needsRebuild(operation, operation.table)
  return [
    words(
      alterTable(operation),
      `ADD COLUMN ${columnDefinition(column, operation)}`,
      ...constraints.map(constraint => columnConstraint(constraint, operation)),
    ),
  ]
}

function dropColumn(operation: DropColumn): string[] {
  refuse(operation, operation, { ifExists: 'IF EXISTS for a column', cascade: 'CASCADE' })
  return [`${alterTable(operation)} DROP COLUMN ${quote(operation.column)}`]
}

/** A column can be renamed; anything else takes a new table. */
export function alterColumn(operation: AlterColumn): string[] {
  const { column, changes } = operation
  const keys = changedKeys(changes)
  if (keys.length === 0) return []
  if (keys.every(key => key === 'comment')) {
    throw lacks(operation, 'comments', 'Leave it out.')
  }
  if (!isRename(changes)) throw needsRebuild(operation, operation.table)
  return [
    `${alterTable(operation)} RENAME COLUMN ${quote(column)} TO ${quote(changes.newName ?? '')}`,
  ]
}

/** Whether a column gets a new name and nothing else. */
export function isRename(changes: ColumnChanges): boolean {
  return changedKeys(changes).join() === 'newName'
}

function changedKeys(changes: ColumnChanges): string[] {
  return Object.entries(changes).flatMap(([key, value]) => (value === undefined ? [] : [key]))
}
