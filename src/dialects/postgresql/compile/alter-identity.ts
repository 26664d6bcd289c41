import type { AlterColumn } from '../../../operations/operation.ts'
import { type Identity, sequenceNameOf } from '../../../schema/index.ts'
import { quote, quoteQualified, stringLiteral } from '../quoting.ts'
import { countOn } from './alter-serial.ts'
import { identityClause } from './column-definition.ts'
import { differences, sequenceChanges } from './sequence-options.ts'
import { alterOne, tableName } from './table-names.ts'

/** An identity that goes makes room for a default first. */
export function dropIdentity(operation: AlterColumn): string[] {
  return operation.changes.identity === null ? [`${alterOne(operation)} DROP IDENTITY`] : []
}

/** Makes a column an identity, or changes the one it has. */
export function changeIdentity(operation: AlterColumn): string[] {
  const { changes, existing } = operation
  if (!changes.identity) return []
  return existing?.identity
    ? alterIdentity(operation, existing.identity, changes.identity)
    : addIdentity(operation, changes.identity)
}

function addIdentity(operation: AlterColumn, identity: Identity): string[] {
  const sequence = `pg_get_serial_sequence(${stringLiteral(tableName(operation))}, ${stringLiteral(operation.column)})`
  const countsUp = (identity.increment ?? 1n) > 0n
  return [
    `${alterOne(operation)} ADD ${identityClause(operation, identity)}`,
    ...(countsUp ? [countOn(sequence, operation, identity.start ?? identity.minValue)] : []),
  ]
}

function alterIdentity(operation: AlterColumn, from: Identity, to: Identity): string[] {
  const settings = sequenceChanges(differences(from, to)).map(option => `SET ${option}`)
  if (from.always !== to.always) {
    settings.unshift(`SET GENERATED ${to.always ? 'ALWAYS' : 'BY DEFAULT'}`)
  }
  return [
    ...(settings.length > 0 ? [`${alterOne(operation)} ${settings.join(' ')}`] : []),
    ...renameSequence(operation, from, to),
  ]
}

function renameSequence({ schema, table, column }: AlterColumn, from: Identity, to: Identity) {
  const usual = sequenceNameOf(table, column)
  const [name, newName] = [from.sequenceName ?? usual, to.sequenceName ?? usual]
  if (name === newName) return []
  return [`ALTER SEQUENCE ${quoteQualified({ schema, name })} RENAME TO ${quote(newName)}`]
}
