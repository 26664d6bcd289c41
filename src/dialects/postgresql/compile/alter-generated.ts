import { alteredColumn } from '../../../operations/altered-column.ts'
import type { AlterColumn } from '../../../operations/operation.ts'
import type { CompileOptions } from '../../dialect.ts'
import { hasFeature } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { afterColumn, columnDefinition } from './column-definition.ts'
import { collate, commentOn, incomplete, parenthesized, words } from './sql.ts'
import { alterOne, alterTable, columnName, tableName } from './table-names.ts'

/** Whether the server can give the column its expression only by adding it anew. */
export function mustRebuild({ changes, existing }: AlterColumn, options: CompileOptions): boolean {
  if (!changes.generated || !existing) return false
  if (existing.generated?.stored !== changes.generated.stored) return true
  if (changes.type !== undefined) return true
  return !hasFeature('setExpression', options)
}

/** Drops the column and adds it as it should be; generated values are computed again. */
export function rebuildColumn(operation: AlterColumn, options: CompileOptions): string[] {
  const { existing, changes, column } = operation
  if (!existing) return []
  const rebuilt = { ...alteredColumn(existing, changes), name: column }
  return [
    `${alterTable(operation)} DROP COLUMN ${quote(column)}`,
    `${alterTable(operation)} ADD COLUMN ${columnDefinition(operation, rebuilt, options)}`,
    ...afterColumn(operation, rebuilt, options),
  ]
}

/** An expression that goes makes room for a default or an identity first. */
export function dropExpression(operation: AlterColumn): string[] {
  if (operation.changes.generated !== null || isVirtualEnding(operation)) return []
  return [`${alterOne(operation)} DROP EXPRESSION`]
}

/** Another expression, where the server can set one. */
export function setExpression(operation: AlterColumn, options: CompileOptions): string[] {
  const { generated } = operation.changes
  if (!generated) return []
  if (!hasFeature('setExpression', options)) throw cannotRebuild(operation)
  return [`${alterOne(operation)} SET EXPRESSION AS ${parenthesized(generated.expression)}`]
}

function cannotRebuild({ table, column }: AlterColumn) {
  return incomplete(
    `The expression of ${table}.${column} cannot be changed without knowing the whole column.`,
    'Describe the column with `existing`, or target PostgreSQL 17 or newer.',
    { table, column },
  )
}

function isVirtualEnding({ changes, existing }: AlterColumn): boolean {
  return changes.generated === null && existing?.generated?.stored === false
}

/**
 * A virtual column cannot drop its expression: a plain column takes its values and its place.
 */
export function keepValues(operation: AlterColumn): string[] {
  const { existing, changes } = operation
  if (!existing || !isVirtualEnding(operation)) return []
  const [column, standIn] = [quote(operation.column), quote(`${operation.column}__values`)]
  const table = alterTable(operation)
  return [
    `${table} ADD COLUMN ${words(standIn, existing.type, collate(existing.collation))}`,
    `UPDATE ${tableName(operation)} SET ${standIn} = ${column}`,
    `${table} DROP COLUMN ${column}`,
    `${table} RENAME COLUMN ${standIn} TO ${column}`,
    ...(existing.notNull && changes.notNull === undefined
      ? [`${alterOne(operation)} SET NOT NULL`]
      : []),
    ...commentOn(`COLUMN ${columnName(operation, operation.column)}`, existing.comment),
  ]
}
