import { alteredColumn } from '../../../operations/altered-column.ts'
import type { AlterColumn, ColumnChanges } from '../../../operations/operation.ts'
import type { Column } from '../../../schema/index.ts'
import { incomplete } from '../../sql-words.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { columnDefinition } from './column-definition.ts'
import { defaultSql, isSettable } from './defaults.ts'
import { alterTable } from './names.ts'
import { columnType } from './types.ts'

/**
 * Changes a column. A new name or default alone has words of its own; anything else says the whole
 * column again, so that what is not changed must be known.
 */
export function alterColumn(operation: AlterColumn): string[] {
  const { changes, existing } = operation
  const [only, ...others] = Object.keys(changes).filter(
    key => changes[key as keyof ColumnChanges] !== undefined,
  )
  refuseChanges(operation)
  if (only === undefined) return []
  if (others.length === 0 && only === 'newName') return [renamed(operation)]
  const type = existing && columnType(existing, operation)
  if (others.length === 0 && only === 'default' && isSettable(changes.default ?? null, type)) {
    return [changedDefault(operation, type)]
  }
  return [respecified(operation, existingColumn(operation))]
}

function refuseChanges(operation: AlterColumn): void {
  const { changes, existing } = operation
  refuse(operation, changes, {
    using: 'an expression that turns old values into the new type',
    storage: 'storage of single columns',
    compression: 'compression of single columns',
    statistics: 'statistics targets',
  })
  const kinds = [existing?.generated, changes.generated].filter(Boolean)
  if (changes.generated !== undefined && kinds.some(generated => !generated?.stored)) {
    throw lacks(
      operation,
      'a way to make a column virtual, or to end that',
      'Drop the column and add it anew.',
    )
  }
}

function renamed({ column, changes, ...on }: AlterColumn): string {
  return `${alterTable(on)} RENAME COLUMN ${quote(column)} TO ${quote(changes.newName ?? '')}`
}

function changedDefault(operation: AlterColumn, type: string | undefined): string {
  const { column, changes } = operation
  const alter = `${alterTable(operation)} ALTER COLUMN ${quote(column)}`
  const value = changes.default ?? null
  return value === null
    ? `${alter} DROP DEFAULT`
    : `${alter} SET DEFAULT ${defaultSql(value, type)}`
}

function respecified(operation: AlterColumn, existing: Column): string {
  const { column, changes } = operation
  const altered = columnDefinition(alteredColumn(existing, changes), operation, {
    nullIsSaid: true,
  })
  const verb = changes.newName === undefined ? 'MODIFY' : `CHANGE ${quote(column)}`
  return `${alterTable(operation)} ${verb} ${altered}`
}

function existingColumn({ table, column, existing }: AlterColumn): Column {
  if (existing) return existing
  throw incomplete(
    `MySQL changes ${table}.${column} by saying the whole column again, and it is not known how it is now.`,
    'Describe the column with `existing`: what is left out there is lost.',
    { table, column },
  )
}
