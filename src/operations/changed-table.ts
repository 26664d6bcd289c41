import { compact } from '../declarations/declaration.ts'
import type { Column, Constraint, Index, Table } from '../schema/index.ts'
import { escapedPattern } from '../text/pattern.ts'
import { alteredColumn } from './altered-column.ts'
import type {
  AddColumn,
  AlterColumn,
  AlterTable,
  ExistingTable,
  TableOperation,
} from './operation.ts'

/** A table as one of its changes leaves it behind. */
export function changedTable<T extends ExistingTable>(whole: T, change: TableOperation): T {
  switch (change.kind) {
    case 'alterTable':
      return withTable(whole, alteredTable(whole, change))
    case 'addColumn':
      return withColumn(whole, change)
    case 'dropColumn':
      return withoutColumn(whole, change.column)
    case 'alterColumn':
      return withAlteredColumn(whole, change)
    case 'createConstraint':
      return { ...whole, constraints: [...whole.constraints, change.constraint] }
    case 'dropConstraint':
      return { ...whole, constraints: whole.constraints.filter(({ name }) => name !== change.name) }
    case 'createIndex':
      return { ...whole, indexes: [...whole.indexes, change.index] }
    case 'dropIndex':
      return { ...whole, indexes: whole.indexes.filter(({ name }) => name !== change.name) }
  }
}

function withTable<T extends ExistingTable>(whole: T, changes: Partial<Table>): T {
  return { ...whole, table: compact({ ...whole.table, ...changes }) }
}

/** Triggers are no part of the table itself, and null takes a property away. */
function alteredTable({ table }: ExistingTable, { changes }: AlterTable) {
  const { triggers: _, options, replicaIdentity, ...rest } = changes
  const aspects = Object.entries(rest).map(([key, value]) => [key, value ?? undefined])
  const all = Object.entries({ ...table.options, ...options })
  const set = all.filter((entry): entry is [string, string] => entry[1] !== null)
  return {
    ...Object.fromEntries(aspects),
    ...(options === undefined ? {} : { options: Object.fromEntries(set) }),
    ...(replicaIdentity === undefined
      ? {}
      : { replicaIdentity: replicaIdentity === 'default' ? undefined : replicaIdentity }),
  }
}

function withColumn<T extends ExistingTable>(
  whole: T,
  { column, constraints = [], place }: AddColumn,
): T {
  const columns = [...whole.table.columns]
  const before = place && 'before' in place ? place.before : undefined
  const after = place && 'after' in place ? place.after : undefined
  const found = columns.findIndex(({ name }) => name === (before ?? after))
  const at = found < 0 ? columns.length : found + (before === undefined ? 1 : 0)
  const changed = withTable(whole, { columns: columns.toSpliced(at, 0, column) })
  return { ...changed, constraints: [...changed.constraints, ...constraints] }
}

/** What a column takes with it: the constraints and indexes that name it. */
function withoutColumn<T extends ExistingTable>(whole: T, column: string): T {
  const stays = (object: Constraint | Index) => !mentions(object, column)
  return {
    ...withTable(whole, { columns: whole.table.columns.filter(({ name }) => name !== column) }),
    constraints: whole.constraints.filter(stays),
    indexes: whole.indexes.filter(stays),
  }
}

/** Whether a constraint or an index names a column: in its list, or in an expression. */
export function mentions(object: Constraint | Index, column: string): boolean {
  const columns = 'columns' in object ? object.columns : []
  const elements = 'elements' in object ? object.elements : []
  const keys = elements.map(element => ('column' in element ? element.column : undefined))
  return [...columns, ...keys].includes(column) || expressionsOf(object).some(namesColumn(column))
}

/** The pieces of SQL in a constraint or an index. */
export function expressionsOf(object: Constraint | Index): string[] {
  const own = 'expression' in object ? [object.expression] : []
  const elements = 'elements' in object ? object.elements : []
  const keys = elements.flatMap(({ expression }) => expression ?? [])
  const where = 'where' in object && object.where !== undefined ? [object.where] : []
  return [...own, ...keys, ...where]
}

/** Whether SQL has a column's name in it, outside of texts: as a word, or in any kind of quotes. */
export function namesColumn(column: string): (sql: string) => boolean {
  const escaped = escapedPattern(column)
  const name = new RegExp(
    `(?<![\\w"\`])${escaped}(?![\\w"\`]|\\s*\\()|["\`[]${escaped}["\`\\]]`,
    'i',
  )
  return sql => name.test(sql.replaceAll(/'(?:[^']|'')*'/g, "''"))
}

function withAlteredColumn<T extends ExistingTable>(whole: T, { column, changes }: AlterColumn): T {
  const columns = whole.table.columns.map(
    (one): Column => (one.name === column ? compact(alteredColumn(one, changes)) : one),
  )
  const { newName } = changes
  if (newName === undefined) return withTable(whole, { columns })
  const renamed = (name: string) => (name === column ? newName : name)
  return {
    ...withTable(whole, { columns }),
    constraints: whole.constraints.map(constraint => renamedConstraint(constraint, renamed)),
    indexes: whole.indexes.map(index => ({
      ...index,
      elements: index.elements.map(element =>
        element.column === undefined ? element : { ...element, column: renamed(element.column) },
      ),
    })),
  }
}

/** A foreign key of a table to itself names the column at both ends. */
function renamedConstraint(constraint: Constraint, renamed: (name: string) => string): Constraint {
  if (!('columns' in constraint)) return constraint
  const columns = constraint.columns.map(renamed)
  if (constraint.type !== 'foreignKey') return { ...constraint, columns }
  const { references } = constraint
  const isSelf = references.table === constraint.table && references.schema === constraint.schema
  return {
    ...constraint,
    columns,
    references: isSelf ? { ...references, columns: references.columns.map(renamed) } : references,
  }
}
