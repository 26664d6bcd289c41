import { alteredColumn } from '../../../operations/altered-column.ts'
import type { AlterColumn } from '../../../operations/operation.ts'
import type { CompileOptions } from '../../dialect.ts'
import { hasFeature } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { afterColumn, columnDefinition } from './column-definition.ts'
import { collate, incomplete, parenthesized, words } from './sql.ts'
import { alterOne, alterTable, tableName } from './table-names.ts'

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
export function dropExpression(operation: AlterColumn, options: CompileOptions): string[] {
  if (operation.changes.generated !== null || mustStandIn(operation, options)) return []
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

/**
 * A virtual column cannot drop its expression. Before PostgreSQL 15 a stored one that did so still goes
 * with the function or type that the expression used, when that is dropped.
 */
function mustStandIn({ changes, existing }: AlterColumn, options: CompileOptions): boolean {
  if (changes.generated !== null || !existing?.generated) return false
  const { stored, expression } = existing.generated
  return !stored || (!hasFeature('generationDependencies', options) && namesOthers(expression))
}

/** Whether an expression has a qualified name, as those of a user's functions and types are read. */
function namesOthers(expression: string): boolean {
  return /[a-z_"]\.[a-z_"]/i.test(expression)
}

/** Where a column cannot let go of its expression, a plain one takes its values and its place. */
export function keepValues(operation: AlterColumn, options: CompileOptions): string[] {
  const { existing, changes } = operation
  if (!existing || !mustStandIn(operation, options)) return []
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
    ...afterColumn(operation, { ...existing, notNull: false }, options),
  ]
}
