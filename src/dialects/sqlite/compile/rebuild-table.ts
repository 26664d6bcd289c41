import { changedTable } from '../../../operations/changed-table.ts'
import type {
  AddColumn,
  AlterTableTogether,
  TableOperation,
  WholeTable,
} from '../../../operations/operation.ts'
import type { Statement } from '../../../operations/statement.ts'
import { type Column, isExpression, type Table } from '../../../schema/index.ts'
import { incomplete } from '../../sql-words.ts'
import { needsRebuild } from '../capabilities.ts'
import { quote, quoteList, quoteQualified } from '../quoting.ts'
import { isRename } from './columns.ts'
import { copiedColumns } from './copied-columns.ts'
import { tableDefinition } from './create-table.ts'
import { createIndex } from './indexes.ts'
import { requireDescription } from './rebuild-description.ts'
import { triggerDefinition } from './triggers.ts'

/** Whether one of the changes has no ALTER TABLE in SQLite, or none that works on every table. */
export function takesRebuild({ changes, rebuild, columnOrder }: AlterTableTogether): boolean {
  if (rebuild !== undefined) return rebuild === 'always'
  return columnOrder !== undefined || !changes.every(isMadeInPlace)
}

function isMadeInPlace(change: TableOperation): boolean {
  switch (change.kind) {
    case 'createIndex':
    case 'dropIndex':
      return true
    case 'alterColumn':
      return isRename(change.changes)
    case 'addColumn':
      return isAddedInPlace(change)
    default:
      return false
  }
}

/** A table with rows takes no key, no computed default and no stored value in ADD COLUMN. */
function isAddedInPlace({ column, constraints = [], place }: AddColumn): boolean {
  const { default: value, generated } = column
  const isFixed = constraints.every(({ type }) => type === 'check' || type === 'foreignKey')
  const refers = constraints.some(({ type }) => type === 'foreignKey')
  return !place && isFixed && !generated?.stored && !(value && (refers || isExpression(value)))
}

/**
 * Builds a table anew: the changed table under another name, its rows copied, the old one dropped and
 * its name taken. Foreign keys are off meanwhile, since dropping the table would run their actions, and
 * are looked at in the end; renaming is told to leave views alone, which name a table that is not there at
 * that moment.
 */
export function rebuildTable(operation: AlterTableTogether): (string | Statement)[] {
  const { existing } = operation
  if (existing === undefined) throw needsRebuild(operation, operation.table)
  requireDescription(operation, existing)
  const changed = operation.changes.reduce(changedTable, existing)
  const table = { ...changed.table, columns: ordered(changed.table.columns, operation) }
  const { schema, name } = existing.table
  const fresh = { ...table, name: `_limbeck_new_${name}` }
  return [
    {
      sql: tableDefinition({ table: fresh, constraints: changed.constraints }, operation),
      transactional: true,
      around: { before: 'PRAGMA foreign_keys = OFF', after: 'PRAGMA foreign_keys = ON' },
    },
    ...copy(operation, existing, fresh),
    ...keepNumber(existing.table, fresh),
    `DROP TABLE ${quoteQualified(existing.table)}`,
    'PRAGMA legacy_alter_table = ON',
    `ALTER TABLE ${quoteQualified(fresh)} RENAME TO ${quote(name)}`,
    'PRAGMA legacy_alter_table = OFF',
    ...changed.indexes.map(index => createIndex({ index }, operation)),
    ...(changed.triggers ?? []).map(trigger => triggerDefinition(trigger, false, operation)),
    ...foreignKeyCheck(schema),
  ]
}

function ordered(
  columns: readonly Column[],
  { table, columnOrder }: AlterTableTogether,
): readonly Column[] {
  if (columnOrder === undefined) return columns
  const known = new Map(columns.map(column => [column.name, column]))
  const sorted = columnOrder.flatMap(name => known.get(name) ?? [])
  if (sorted.length === columns.length && columnOrder.length === columns.length) return sorted
  throw incomplete(
    `The new order of the columns of ${table} does not name each of them once.`,
    `Its columns are ${[...known.keys()].join(', ')}.`,
    { table, columnOrder },
  )
}

/** Generated columns fill themselves. */
function copy(operation: AlterTableTogether, existing: WholeTable, fresh: Table): string[] {
  const sources = copiedColumns(operation, existing)
  const names = fresh.columns
    .filter(column => !column.generated && sources.has(column.name))
    .map(column => column.name)
  if (names.length === 0) throw nothingKept(operation)
  const values = names.map(name => sources.get(name)).join(', ')
  return [
    `INSERT INTO ${quoteQualified(fresh)} (${quoteList(names)})\n  SELECT ${values} FROM ${quoteQualified(existing.table)}`,
  ]
}

function nothingKept({ table }: AlterTableTogether) {
  return incomplete(
    `No column of ${table} stays, so that its rows cannot be copied.`,
    'Drop the table and create it anew.',
    { table },
  )
}

/** AUTOINCREMENT goes on behind the largest number that was ever given out. */
function keepNumber(old: Table, fresh: Table): string[] {
  const counts = (table: Table) => table.columns.some(column => column.identity)
  if (!counts(old) || !counts(fresh)) return []
  const sequence = quoteQualified({ schema: old.schema, name: 'sqlite_sequence' })
  const [from, to] = [old.name, fresh.name].map(name => `'${name.replaceAll("'", "''")}'`)
  return [
    `DELETE FROM ${sequence} WHERE name = ${to}`,
    `INSERT INTO ${sequence} (name, seq) SELECT ${to}, seq FROM ${sequence} WHERE name = ${from}`,
  ]
}

/** Stops where a row refers to none: while they were off, nothing has held the foreign keys. */
function foreignKeyCheck(schema: string | undefined): string[] {
  const table = 'temp._limbeck_check'
  const rows =
    schema === undefined
      ? 'pragma_foreign_key_check'
      : `pragma_foreign_key_check(NULL, '${schema.replaceAll("'", "''")}')`
  return [
    `CREATE TEMP TABLE _limbeck_check (violations INTEGER CONSTRAINT every_foreign_key_holds CHECK (violations = 0))`,
    `INSERT INTO ${table} SELECT count(*) FROM ${rows}`,
    `DROP TABLE ${table}`,
  ]
}
