import type { Column, Constraint, Table } from '../../schema/index.ts'

/** Where the constraints of a table are written. */
export interface PlacedConstraints {
  /** On a column, by its name. */
  readonly onColumns: ReadonlyMap<string, readonly Constraint[]>
  /** In `t => […]`. */
  readonly beside: readonly Constraint[]
}

/** Puts each constraint on its column where that says everything about it. */
export function placeConstraints(
  table: Table,
  constraints: readonly Constraint[],
): PlacedConstraints {
  const onColumns = new Map<string, Constraint[]>()
  const beside: Constraint[] = []
  for (const constraint of constraints) {
    const column = columnFor(constraint, table.columns)
    const placed = column === undefined ? beside : (onColumns.get(column) ?? [])
    placed.push(constraint)
    if (column !== undefined) onColumns.set(column, placed)
  }
  return { onColumns, beside }
}

/** What a column's own `.primaryKey()`, `.unique()`, `.check()` and `.references()` can say. */
const sayable: Readonly<Record<Constraint['type'], readonly string[]>> = {
  primaryKey: ['columns'],
  unique: ['columns'],
  check: ['expression'],
  foreignKey: [
    ...['columns', 'references', 'onDelete', 'onDeleteColumns', 'onUpdate', 'match'],
    ...['deferrable', 'initiallyDeferred', 'notValid', 'notEnforced', 'period', 'comment'],
  ],
  exclude: [],
}

const always = ['kind', 'type', 'schema', 'table', 'name', 'hasFinalName']

function columnFor(constraint: Constraint, columns: readonly Column[]): string | undefined {
  const column = onlyColumn(constraint, columns)
  if (column === undefined) return undefined
  if (constraint.type === 'primaryKey' && !column.notNull) return undefined
  const known = [...always, ...sayable[constraint.type]]
  const given = Object.entries(constraint).filter(([, value]) => value !== undefined)
  return given.every(([key]) => known.includes(key)) ? column.name : undefined
}

/** The one column that a constraint is about. */
function onlyColumn(constraint: Constraint, columns: readonly Column[]): Column | undefined {
  switch (constraint.type) {
    case 'exclude':
      return undefined
    case 'check':
      return mentionedColumn(constraint.expression, columns)
    case 'foreignKey':
      if (constraint.references.columns.length > 1) return undefined
      return named(constraint.columns, columns)
    default:
      return named(constraint.columns, columns)
  }
}

function named(names: readonly string[], columns: readonly Column[]): Column | undefined {
  return names.length === 1 ? columns.find(({ name }) => name === names[0]) : undefined
}

/** The column of a check, if its text has the name of no other one; where it stands changes nothing. */
function mentionedColumn(sql: string, columns: readonly Column[]): Column | undefined {
  const words = new Set(sql.replace(/'(?:[^']|'')*'/g, '').match(/[\p{L}\p{N}_$]+/gu))
  const mentioned = columns.filter(({ name }) => words.has(name))
  return mentioned.length === 1 ? mentioned[0] : undefined
}
