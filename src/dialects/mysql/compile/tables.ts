import type { AlterTable } from '../../../operations/operation.ts'
import type { CompileTable } from '../../dialect.ts'
import { incomplete, words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { refuse } from '../capabilities.ts'
import { commentLiteral, quoteQualified } from '../quoting.ts'
import { createTable } from './create-table.ts'
import { alterTable } from './names.ts'
import { tableOptions } from './table-options.ts'

const partitionsAsTables = lacking(
  'MySQL',
  'partitions that are tables',
  "Write the server's own words with op.execute: ALTER TABLE … EXCHANGE PARTITION.",
)

export const tables = {
  createTable,

  dropTable: operation => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    const drop = operation.existing?.table.temporary ? 'DROP TEMPORARY TABLE' : 'DROP TABLE'
    return [words(drop, operation.ifExists && 'IF EXISTS', quoteQualified(operation))]
  },

  renameTable: ({ schema, name, newName, newSchema = schema }) => [
    `${alterTable({ schema, table: name })} RENAME TO ${quoteQualified({ schema: newSchema, name: newName })}`,
  ],

  alterTable: operation => {
    const { comment } = operation.changes
    refuse(operation, operation.changes, {
      rowSecurity: 'row security',
      replicaIdentity: 'replica identities',
      triggers: 'triggers that can be switched off',
      tablespace: 'tablespaces that a table moves to',
    })
    if (operation.changes.unlogged !== undefined) {
      refuse(operation, { unlogged: true }, { unlogged: 'unlogged tables' })
    }
    return [
      ...changedOptions(operation),
      ...(comment === undefined
        ? []
        : [`${alterTable(operation)} COMMENT ${commentLiteral(comment ?? '')}`]),
    ]
  },

  attachPartition: partitionsAsTables,
  detachPartition: partitionsAsTables,
} satisfies Partial<CompileTable>

function changedOptions(operation: AlterTable): string[] {
  const { options = {} } = operation.changes
  const reset = Object.keys(options).find(name => options[name] === null)
  if (reset !== undefined) {
    throw incomplete(
      `The option ${reset} of ${operation.table} cannot be reset: MySQL has no words for that.`,
      'Give the value that it shall have.',
      { table: operation.table, option: reset },
    )
  }
  const set = tableOptions(options as Readonly<Record<string, string>>)
  return set.length === 0 ? [] : [words(alterTable(operation), ...set)]
}
