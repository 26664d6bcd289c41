import { changedTable } from './changed-table.ts'
import { describedChanges } from './described-changes.ts'
import type { AlterTableTogether, Operation, TableOperation } from './operation.ts'

/** The changes that undo others of one table, from a description of each or of the whole table. */
export function reverseTogether(
  operation: AlterTableTogether,
  reverse: (operation: Operation) => Operation[],
): AlterTableTogether {
  const { changes, existing, columnOrder, ...rest } = operation
  const undone = describedChanges(operation).toReversed().flatMap(reverse)
  return {
    ...rest,
    changes: undone as TableOperation[],
    existing: existing && changes.reduce(changedTable, existing),
    columnOrder: columnOrder && existing?.table.columns.map(({ name }) => name),
  }
}
