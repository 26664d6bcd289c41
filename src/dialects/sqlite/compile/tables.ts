import type { CompileTable } from '../../dialect.ts'
import { words } from '../../sql-words.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, needsRebuild, refuse } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { tableDefinition } from './create-table.ts'
import { alterTable } from './names.ts'

const noPartitions = lacking('SQLite', 'partitions', 'Keep the rows in one table.')

export const tables = {
  createTable: operation => [tableDefinition(operation, operation)],

  dropTable: operation => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    return [words('DROP TABLE', operation.ifExists && 'IF EXISTS', quoteQualified(operation))]
  },

  renameTable: ({ schema, name, newName }) => [
    `${alterTable({ schema, table: name })} RENAME TO ${quote(newName)}`,
  ],

  alterTable: operation => {
    if (operation.changes.options) throw needsRebuild(operation, operation.table)
    if (Object.keys(operation.changes).length === 0) return []
    throw lacks(
      operation,
      'a place for this',
      'Leave it out: SQLite keeps no comments and no properties of tables.',
    )
  },

  attachPartition: noPartitions,
  detachPartition: noPartitions,
} satisfies Partial<CompileTable>
