import { changedTable } from './changed-table.ts'
import type { AlterTable, AlterTableTogether, TableOperation, WholeTable } from './operation.ts'

/** The changes of a table, each with what was there before it as far as the whole table says so. */
export function describedChanges({ changes, existing }: AlterTableTogether): TableOperation[] {
  let whole = existing
  return changes.map(change => {
    const told = whole === undefined ? change : described(change, whole)
    whole = whole && changedTable(whole, change)
    return told
  })
}

function described(change: TableOperation, whole: WholeTable): TableOperation {
  if ('existing' in change && change.existing !== undefined) return change
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

function formerProperties({ changes }: AlterTable, { table }: WholeTable): AlterTable['existing'] {
  const { comment, options, unlogged, tablespace } = table
  const former = { comment: comment ?? null, options, unlogged, tablespace: tablespace ?? null }
  const keys = Object.keys(changes)
  return Object.fromEntries(Object.entries(former).filter(([key]) => keys.includes(key)))
}
