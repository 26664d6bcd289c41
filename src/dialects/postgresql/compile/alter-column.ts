import type { AlterColumn } from '../../../operations/operation.ts'
import type { CompileOptions } from '../../dialect.ts'
import { hasFeature } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import {
  dropExpression,
  keepValues,
  mustRebuild,
  rebuildColumn,
  setExpression,
} from './alter-generated.ts'
import { changeIdentity, dropIdentity } from './alter-identity.ts'
import { becomeSerial, endSerial, isSerialChange } from './alter-serial.ts'
import { changeType, defaultToRestore, dropDefaultFirst } from './alter-type.ts'
import { defaultSql } from './defaults.ts'
import { comment, keyWord } from './sql.ts'
import { alterOne, alterTable, columnName } from './table-names.ts'
import { usualStorage } from './types.ts'

/**
 * Changes a column aspect by aspect, in the order the server can follow: what stands in the way of
 * another type or default goes first, the new name comes last, unless something is named for it.
 */
export function alterColumn(operation: AlterColumn, options: CompileOptions): string[] {
  if (mustRebuild(operation, options)) {
    return [...rebuildColumn(operation, options), ...rename(operation)]
  }
  const late = namesNotNull(operation) ? renamed(operation) : operation
  return [
    ...keepValues(operation, options),
    ...dropExpression(operation, options),
    ...dropIdentity(operation),
    ...endSerial(operation),
    ...dropDefaultFirst(operation),
    ...changeType(operation),
    ...becomeSerial(operation),
    ...changeDefault(operation),
    ...(late === operation ? [] : rename(operation)),
    ...changeNotNull(late),
    ...changeIdentity(late, options),
    ...setExpression(late, options),
    ...changeStorage(late, options),
    ...changeComment(late),
    ...rename(late),
  ]
}

/** Since PostgreSQL 18 NOT NULL is a constraint, which is named for its column when it is set. */
function namesNotNull({ changes }: AlterColumn): boolean {
  return changes.notNull === true && changes.newName !== undefined
}

/** The same once the column has its new name. */
function renamed(operation: AlterColumn): AlterColumn {
  const { newName = operation.column, ...changes } = operation.changes
  return { ...operation, column: newName, changes }
}

function changeDefault(operation: AlterColumn): string[] {
  const { changes, existing } = operation
  const wanted = changes.default === undefined ? defaultToRestore(operation) : changes.default
  if (wanted === undefined || (wanted === null && isSerialChange(operation))) return []
  if (wanted !== null) {
    return [
      `${alterOne(operation)} SET DEFAULT ${defaultSql(wanted, changes.type ?? existing?.type)}`,
    ]
  }
  return dropDefaultFirst(operation).length > 0 ? [] : [`${alterOne(operation)} DROP DEFAULT`]
}

function changeNotNull(operation: AlterColumn): string[] {
  const { notNull } = operation.changes
  if (notNull === undefined) return []
  return [`${alterOne(operation)} ${notNull ? 'SET' : 'DROP'} NOT NULL`]
}

function changeStorage(operation: AlterColumn, options: CompileOptions): string[] {
  const { storage, compression, statistics } = operation.changes
  const statements: string[] = []
  const comesWithType = storage === 'default' && operation.changes.type !== undefined
  if (storage !== undefined && !comesWithType)
    statements.push(`STORAGE ${storageWord(operation, options)}`)
  if (compression !== undefined && hasFeature('columnCompression', options)) {
    statements.push(`COMPRESSION ${compression === null ? 'default' : quote(compression)}`)
  }
  if (statistics !== undefined) statements.push(`STATISTICS ${statistics ?? -1}`)
  return statements.map(setting => `${alterOne(operation)} SET ${setting}`)
}

/** Before PostgreSQL 16 a type's own storage has to be named. */
function storageWord({ changes, existing }: AlterColumn, options: CompileOptions): string {
  if (changes.storage !== 'default' || hasFeature('storageDefault', options)) {
    return keyWord(`${changes.storage}`)
  }
  return usualStorage(changes.type ?? existing?.type ?? 'text').toUpperCase()
}

function changeComment(operation: AlterColumn): string[] {
  const { comment: text } = operation.changes
  return text === undefined
    ? []
    : [comment(`COLUMN ${columnName(operation, operation.column)}`, text)]
}

function rename(operation: AlterColumn): string[] {
  const { newName } = operation.changes
  if (newName === undefined) return []
  return [`${alterTable(operation)} RENAME COLUMN ${quote(operation.column)} TO ${quote(newName)}`]
}
