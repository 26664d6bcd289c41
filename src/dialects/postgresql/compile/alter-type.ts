import type { AlterColumn } from '../../../operations/operation.ts'
import type { DefaultValue } from '../../../schema/index.ts'
import { quote } from '../quoting.ts'
import { explicitCast, isAssignable } from './casts.ts'
import { collate, given, incomplete, words } from './sql.ts'
import { alterOne } from './table-names.ts'
import { isCollatable, valueType } from './types.ts'

/** ALTER COLUMN … TYPE, which a change of collation needs as well. */
export function changeType(operation: AlterColumn): string[] {
  if (!changesType(operation)) return []
  return [
    words(
      alterOne(operation),
      `TYPE ${wantedType(operation)}`,
      collate(wantedCollation(operation)),
      given(operation.changes.using ?? usualCast(operation), using => `USING ${using}`),
    ),
  ]
}

function changesType({ changes, existing }: AlterColumn): boolean {
  if (changes.collation !== undefined || changes.using !== undefined) return true
  if (changes.type === undefined) return false
  return existing === undefined || valueType(existing.type) !== valueType(changes.type)
}

function wantedType({ changes, existing, table, column }: AlterColumn): string {
  const type = changes.type ?? existing?.type
  if (type !== undefined) return valueType(type)
  throw incomplete(
    `The collation or the values of ${table}.${column} cannot be changed without knowing its type.`,
    'Give `type`, or describe the column with `existing`.',
    { table, column },
  )
}

/** Without COLLATE the server falls back to the type's own collation, so one that stays is said again. */
function wantedCollation(operation: AlterColumn): string | null | undefined {
  const { changes, existing } = operation
  if (changes.collation !== undefined) return changes.collation
  return isCollatable(wantedType(operation)) ? existing?.collation : undefined
}

/**
 * What PostgreSQL asks for in its hint where it cannot convert by itself. Never elsewhere: an explicit
 * cast cuts long strings, where the server's own conversion refuses.
 */
function usualCast(operation: AlterColumn): string | undefined {
  const { existing, column } = operation
  const to = wantedType(operation)
  if (!existing || isAssignable(existing.type, to)) return undefined
  return explicitCast(quote(column), existing.type, to)
}

/** A default that the server cannot cast to the new type is taken off before the change. */
export function dropDefaultFirst(operation: AlterColumn): string[] {
  const { changes, existing } = operation
  if (!changesType(operation) || (existing && !existing.default)) return []
  const isInTheWay = existing ? !isAssignable(existing.type, wantedType(operation)) : false
  const isReplaced = !existing && changes.default !== undefined
  return isInTheWay || isReplaced ? [`${alterOne(operation)} DROP DEFAULT`] : []
}

/** The default to put back after a change of type that says nothing about it. */
export function defaultToRestore(operation: AlterColumn): DefaultValue | undefined {
  const { changes, existing } = operation
  const isTakenOff = changes.default === undefined && dropDefaultFirst(operation).length > 0
  return isTakenOff ? existing?.default : undefined
}
