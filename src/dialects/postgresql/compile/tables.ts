import type { AlterTable, OnTable, TableChanges } from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { temporaryIn } from '../../temporary.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { createTable } from './create-table.ts'
import { comment, parameterName, parameters, words } from './sql.ts'
import { alterTable, onTable, tableName } from './table-names.ts'
import { replicaIdentity, rowSecurity } from './table-properties.ts'

export const tables = {
  createTable,

  dropTable: operation => [
    words(
      'DROP TABLE',
      operation.ifExists && 'IF EXISTS',
      quoteQualified(temporaryIn('pg_temp', operation)),
      operation.cascade && 'CASCADE',
    ),
  ],

  renameTable: operation => {
    const { schema, name, newName, newSchema } = operation
    const isMoved = newSchema !== undefined && newSchema !== schema
    return [
      ...(isMoved && newName === name
        ? []
        : [`${alterTable(onTable(operation))} RENAME TO ${quote(newName)}`]),
      ...(isMoved
        ? [`${alterTable({ schema, table: newName })} SET SCHEMA ${quote(newSchema)}`]
        : []),
    ]
  },

  alterTable: operation => [
    ...persistence(operation),
    ...storageParameters(operation, operation.changes.options ?? {}),
    ...tablespace(operation),
    ...rowSecurity(operation, operation.changes.rowSecurity, operation.existing?.rowSecurity),
    ...replicaIdentity(operation, operation.changes.replicaIdentity),
    ...triggerFiring(operation),
    ...tableComment(operation),
  ],

  attachPartition: operation => [
    `${alterTable(operation)} ATTACH PARTITION ${quoteQualified(operation.partition)} ${operation.bounds}`,
  ],

  detachPartition: operation => [
    `${alterTable(operation)} DETACH PARTITION ${quoteQualified(operation.partition)}`,
  ],
} satisfies Partial<CompileTable>

function persistence(operation: AlterTable): string[] {
  const { unlogged } = operation.changes
  if (unlogged === undefined) return []
  return [`${alterTable(operation)} SET ${unlogged ? 'UNLOGGED' : 'LOGGED'}`]
}

function storageParameters(on: OnTable, options: NonNullable<TableChanges['options']>): string[] {
  const entries = Object.entries(options)
  const set = entries.filter((entry): entry is [string, string] => entry[1] !== null)
  const reset = entries.filter(([, value]) => value === null).map(([name]) => parameterName(name))
  return [
    ...(set.length > 0 ? [`${alterTable(on)} SET ${parameters(Object.fromEntries(set))}`] : []),
    ...(reset.length > 0 ? [`${alterTable(on)} RESET (${reset.join(', ')})`] : []),
  ]
}

function tablespace(operation: AlterTable): string[] {
  const { tablespace: name } = operation.changes
  if (name === undefined) return []
  return [`${alterTable(operation)} SET TABLESPACE ${quote(name ?? 'pg_default')}`]
}

const firing = {
  enabled: 'ENABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
}

function triggerFiring(operation: AlterTable): string[] {
  return Object.entries(operation.changes.triggers ?? {}).map(
    ([name, wanted]) => `${alterTable(operation)} ${firing[wanted]} TRIGGER ${quote(name)}`,
  )
}

function tableComment(operation: AlterTable): string[] {
  const { comment: text } = operation.changes
  return text === undefined ? [] : [comment(`TABLE ${tableName(operation)}`, text)]
}
