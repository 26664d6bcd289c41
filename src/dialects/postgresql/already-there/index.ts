import type { Operation } from '../../../operations/operation.ts'
import type { Connection } from '../../dialect.ts'
import { addedColumnDifferences } from './columns.ts'
import { indexDifferences } from './indexes.ts'
import { tableDifferences } from './tables.ts'

/**
 * How what is there already under the name of something to be created differs from it, a few words
 * each; none where nothing is there, or what was asked for. Names, types, nullability and keys are
 * compared, not expressions: these would have to be built to be equal.
 */
export async function differencesOf(
  connection: Connection,
  operation: Operation,
): Promise<readonly string[]> {
  switch (operation.kind) {
    case 'createTable':
      return tableDifferences(connection, operation)
    case 'addColumn':
      return addedColumnDifferences(connection, operation)
    case 'createIndex':
      return indexDifferences(connection, operation)
    default:
      return []
  }
}
