import { describedChanges } from '../operations/described-changes.ts'
import type { AlterTableTogether, TableOperation } from '../operations/operation.ts'
import { refuseFacets } from './unsupported.ts'

/** The changes of one table one by one, for a database that changes a table where it stands. */
export function changesInPlace(database: string, operation: AlterTableTogether): TableOperation[] {
  const asked = { ...operation, rebuild: operation.rebuild === 'always' }
  refuseFacets(database, operation, asked, {
    rebuild: 'table rebuilds',
    columnOrder: 'columns that change places',
  })
  return describedChanges(operation)
}
