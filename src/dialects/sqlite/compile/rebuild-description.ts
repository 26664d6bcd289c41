import { changedTable, expressionsOf, namesColumn } from '../../../operations/changed-table.ts'
import type {
  AlterTableTogether,
  TableOperation,
  WholeTable,
} from '../../../operations/operation.ts'
import { incomplete } from '../../sql-words.ts'

/** Refuses changes of what the description of a table does not have, or that what stays would miss. */
export function requireDescription(operation: AlterTableTogether, existing: WholeTable): void {
  let whole = existing
  for (const change of operation.changes) {
    requirePresence(change, whole)
    const left = changedTable(whole, change)
    requireNothingStale(change, left)
    whole = left
  }
}

function requirePresence(
  change: TableOperation,
  { table, constraints, indexes }: WholeTable,
): void {
  const [word, name, known] = named(change, { table, constraints, indexes })
  if (name === undefined || known?.some(one => one.name === name)) return
  const names = known?.flatMap(one => one.name ?? []).join(', ')
  throw incomplete(
    `The description of table ${table.name} has no ${word} ${name}.`,
    `Give as \`existing\` the whole table as it is before these changes; it has ${names || 'none'}.`,
    { table: table.name, [word]: name },
  )
}

type Named = readonly { readonly name?: string | undefined }[]

function named(
  change: TableOperation,
  { table, constraints, indexes }: WholeTable,
): [word: string, name: string | undefined, known: Named | undefined] {
  switch (change.kind) {
    case 'dropColumn':
    case 'alterColumn':
      return ['column', change.column, table.columns]
    case 'dropConstraint':
      return ['constraint', change.name, constraints]
    case 'dropIndex':
      return ['index', change.name, indexes]
    default:
      return ['', undefined, undefined]
  }
}

/** SQL that names a column which is gone cannot follow it: only SQLite's own RENAME COLUMN rewrites it. */
function requireNothingStale(change: TableOperation, whole: WholeTable): void {
  const isRenamed = change.kind === 'alterColumn' && change.changes.newName !== undefined
  if (change.kind !== 'dropColumn' && !isRenamed) return
  const { column } = change as { readonly column: string }
  const stale = expressions(whole).find(({ sql }) => namesColumn(column)(sql))
  if (stale === undefined) return
  throw incomplete(
    `${stale.what} of table ${whole.table.name} names the column ${column}: ${stale.sql}`,
    isRenamed
      ? 'Rename the column in an operation of its own, where SQLite rewrites what names it; then describe the table as it is afterwards.'
      : 'Drop or change it first.',
    { table: whole.table.name, column, sql: stale.sql },
  )
}

function expressions({ table, constraints, indexes, triggers = [] }: WholeTable) {
  return [
    ...table.columns.flatMap(({ name, generated }) =>
      generated ? [{ what: `The column ${name}`, sql: generated.expression }] : [],
    ),
    ...[...constraints, ...indexes].flatMap(object =>
      expressionsOf(object).map(sql => ({
        what: `The ${object.kind} ${object.name ?? 'without a name'}`,
        sql,
      })),
    ),
    ...triggers.map(({ name, when = '', execute, updateOf = [] }) => ({
      what: `The trigger ${name}`,
      sql: [updateOf.join(', '), when, execute].join(' ').trim(),
    })),
  ]
}
