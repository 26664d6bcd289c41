import {
  type Column,
  type Constraint,
  type DatabaseSchema,
  displayName,
  type SchemaObject,
  type Table,
} from '../../schema/index.ts'
import { isEqual } from '../equal.ts'
import { isSameFamily } from '../type-families.ts'
import { closeness } from './closeness.ts'
import { type Likeness, nameReason } from './table-likeness.ts'

/** One side of a question about columns. */
export interface ColumnSide {
  readonly table: Table
  readonly column: Column
  /** The keys, references, checks and indexes that have this column alone. */
  readonly roles: readonly string[]
}

/** From here on a column is taken for a candidate. */
const enough = 0.5

/**
 * How much a column that goes is like one that comes; undefined where nobody would take one for the
 * other. `isOnly`: the table loses no other, and gets no other.
 */
export function columnLikeness(
  current: ColumnSide,
  target: ColumnSide,
  isOnly: boolean,
): Likeness | undefined {
  const [before, after] = [current.column, target.column]
  if ((before.generated === undefined) !== (after.generated === undefined)) return undefined
  const isSameType = before.type === after.type
  if (!isSameType && !isSameFamily(before.type, after.type)) return undefined
  const names = closeness(before.name, after.name)
  const role = current.roles.find(one => target.roles.includes(one))
  const facts: readonly (readonly [boolean, number, string | undefined])[] = [
    [isSameType, 0.15, undefined],
    [true, 0.2, isSameType ? `both are ${after.type}` : `${before.type} and ${after.type}`],
    [before.notNull === after.notNull, 0.05, undefined],
    [sharesDefault(before, after), 0.1, 'the same default'],
    [isSamePlace(current, target), 0.15, 'the same place'],
    [role !== undefined, 0.25, role],
    [isOnly, 0.1, undefined],
  ]
  const speaking = facts.filter(([holds]) => holds)
  const likeness = speaking.reduce((sum, [, weight]) => sum + weight, 0.3 * names)
  if (likeness < enough) return undefined
  return {
    likeness: Math.min(1, likeness),
    reasons: [...speaking.flatMap(([, , reason]) => reason ?? []), ...nameReason(names)],
  }
}

const sharesDefault = (before: Column, after: Column): boolean =>
  before.default !== undefined && isEqual(before.default, after.default)

/** Whether the columns before them, or those behind them, are the same. */
function isSamePlace(current: ColumnSide, target: ColumnSide): boolean {
  const [before, after] = [neighbours(current), neighbours(target)]
  return before[0] === after[0] || (before[1] !== undefined && before[1] === after[1])
}

function neighbours({ table, column }: ColumnSide): readonly (string | undefined)[] {
  const at = table.columns.findIndex(({ name }) => name === column.name)
  return [table.columns[at - 1]?.name, table.columns[at + 1]?.name]
}

/** What is said of each column of a table by what has it alone. */
export function columnRoles(schema: DatabaseSchema): (table: Table, column: string) => string[] {
  const roles = new Map<string, string[]>()
  for (const object of schema.objects.values()) {
    const [column, role] = roleIn(object) ?? []
    if (column === undefined || role === undefined) continue
    roles.set(column, [...(roles.get(column) ?? []), role])
  }
  return ({ schema: space, name }, column) => roles.get(roleKey(space, name, column)) ?? []
}

const roleKey = (...names: (string | undefined)[]): string => JSON.stringify(names)

function roleIn(object: SchemaObject): readonly [string, string] | undefined {
  if (object.kind === 'index') {
    const [only, ...others] = object.elements
    if (only?.column === undefined || others.length > 0) return undefined
    return [roleKey(object.schema, object.table, only.column), 'both have an index']
  }
  if (object.kind !== 'constraint' || !('columns' in object)) return undefined
  const [only, ...others] = object.columns
  if (only === undefined || others.length > 0) return undefined
  return [roleKey(object.schema, object.table, only), sayRole(object)]
}

function sayRole(constraint: Constraint): string {
  if (constraint.type !== 'foreignKey') return 'both are a key'
  const { schema, table: name } = constraint.references
  return `both refer to ${displayName({ schema: schema === 'public' ? undefined : schema, name })}`
}
