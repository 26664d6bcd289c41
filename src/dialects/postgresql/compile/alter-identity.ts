import type { AlterColumn } from '../../../operations/operation.ts'
import { type Identity, sequenceNameOf } from '../../../schema/index.ts'
import type { CompileOptions } from '../../dialect.ts'
import { quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { countOn } from './alter-serial.ts'
import { identityClause, persistence } from './column-definition.ts'
import { differences, sequenceChanges } from './sequence-options.ts'
import { alterOne, tableName } from './table-names.ts'

/** An identity that goes makes room for a default first. */
export function dropIdentity(operation: AlterColumn): string[] {
  return operation.changes.identity === null ? [`${alterOne(operation)} DROP IDENTITY`] : []
}

/** Makes a column an identity, or changes the one it has. */
export function changeIdentity(operation: AlterColumn, options: CompileOptions): string[] {
  const { changes, existing } = operation
  if (!changes.identity) return []
  return existing?.identity
    ? alterIdentity(operation, existing.identity, changes.identity, options)
    : addIdentity(operation, changes.identity, options)
}

function addIdentity(
  operation: AlterColumn,
  identity: Identity,
  options: CompileOptions,
): string[] {
  const sequence = `pg_get_serial_sequence(${stringLiteral(tableName(operation))}, ${stringLiteral(operation.column)})`
  const countsUp = (identity.increment ?? 1n) > 0n
  return [
    `${alterOne(operation)} ADD ${identityClause(operation, identity, options)}`,
    ...(countsUp ? [countOn(sequence, operation, identity.start ?? identity.minValue)] : []),
  ]
}

function alterIdentity(
  operation: AlterColumn,
  from: Identity,
  to: Identity,
  options: CompileOptions,
): string[] {
  const settings = sequenceChanges(differences(from, to)).map(option => `SET ${option}`)
  if (from.always !== to.always) {
    settings.unshift(`SET GENERATED ${to.always ? 'ALWAYS' : 'BY DEFAULT'}`)
  }
  return [
    ...(settings.length > 0 ? [`${alterOne(operation)} ${settings.join(' ')}`] : []),
    ...changePersistence(operation, from, to, options),
    ...renameSequence(operation, from, to),
  ]
}

/** Only one that is not as its table says so: to say nothing is to be the other way again. */
function changePersistence(
  operation: AlterColumn,
  from: Identity,
  to: Identity,
  options: CompileOptions,
): string[] {
  if (from.unlogged === to.unlogged) return []
  const word = persistence(to.unlogged ?? !from.unlogged, options)
  return word === '' ? [] : [`${alterSequence(operation, from)} SET ${word}`]
}

function renameSequence(operation: AlterColumn, from: Identity, to: Identity): string[] {
  const newName = sequenceName(operation, to)
  if (newName === sequenceName(operation, from)) return []
  return [`${alterSequence(operation, from)} RENAME TO ${quote(newName)}`]
}

function alterSequence(operation: AlterColumn, identity: Identity): string {
  const name = sequenceName(operation, identity)
  return `ALTER SEQUENCE ${quoteQualified({ schema: operation.schema, name })}`
}

function sequenceName({ table, column }: AlterColumn, identity: Identity): string {
  return identity.sequenceName ?? sequenceNameOf(table, column)
}
