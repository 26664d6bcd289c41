import type { CompileTable } from '../../dialect.ts'
import { words } from '../../sql-words.ts'
import { temporaryIn } from '../../temporary.ts'
import { lacking } from '../../unsupported.ts'
import { lacks, needsRebuild, refuse } from '../capabilities.ts'
import { quote, quoteQualified } from '../quoting.ts'
import { tableDefinition } from './create-table.ts'
import { alterTable } from './names.ts'

const leaveOut = 'Leave it out.'
const noPartitions = lacking('SQLite', 'partitions', 'Keep the rows in one table.')

export const tables = {
  createTable: operation => [tableDefinition(operation, operation)],

  dropTable: operation => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    const name = quoteQualified(temporaryIn('temp', operation))
    return [words('DROP TABLE', operation.ifExists && 'IF EXISTS', name)]
  },

  renameTable: operation => {
    const { schema, name, newName } = operation
    refuse(operation, operation, { newSchema: 'tables that move to another schema' })
    return [`${alterTable({ schema, table: name })} RENAME TO ${quote(newName)}`]
  },

  alterTable: operation => {
    const { options, comment, ...others } = operation.changes
    if (Object.keys(others).length > 0)
      throw lacks(operation, 'such properties of tables', leaveOut)
    if (comment !== undefined) throw lacks(operation, 'comments', leaveOut)
    if (options !== undefined) throw needsRebuild(operation, operation.table)
    return []
  },

  attachPartition: noPartitions,
  detachPartition: noPartitions,
} satisfies Partial<CompileTable>
