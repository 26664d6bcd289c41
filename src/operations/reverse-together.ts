import { changedTable } from './changed-table.ts'
import type { AlterTableTogether, Operation, TableOperation, WholeTable } from './operation.ts'

/** The changes that undo others of one table, from a description of each or of the whole table. */
export function reverseTogether(
  operation: AlterTableTogether,
  reverse: (operation: Operation) => Operation[],
): AlterTableTogether {
  const { changes, existing, columnOrder, ...rest } = operation
  let state = existing
  const undone: TableOperation[][] = []
  for (const change of changes) {
    undone.unshift(reverse(described(change, state)) as TableOperation[])
    state = state && changedTable(state, change)
  }
  return {
    ...rest,
    changes: undone.flat(),
    existing: state,
    columnOrder: columnOrder && existing?.table.columns.map(({ name }) => name),
  }
}

/** A change that says what was there, as far as the table says it. */
function described(change: TableOperation, whole: WholeTable | undefined): TableOperation {
  if (whole === undefined || ('existing' in change && change.existing !== undefined)) return change
  const { table, constraints, indexes } = whole
  switch (change.kind) {
    case 'alterTable':
      return { ...change, existing: formerProperties(change, whole) }
    case 'dropColumn':
    case 'alterColumn':
      return { ...change, existing: table.columns.find(({ name }) => name === change.column) }
    case 'dropConstraint':
      return { ...change, existing: constraints.find(({ name }) => name === change.name) }
    case 'dropIndex':
      return { ...change, existing: indexes.find(({ name }) => name === change.name) }
    default:
      return change
  }
}

function formerProperties(
  { changes }: Extract<TableOperation, { kind: 'alterTable' }>,
  { table }: WholeTable,
) {
  const { comment, options, unlogged, tablespace } = table
  const former = { comment: comment ?? null, options, unlogged, tablespace: tablespace ?? null }
  const keys = Object.keys(changes)
  return Object.fromEntries(Object.entries(former).filter(([key]) => keys.includes(key)))
}
