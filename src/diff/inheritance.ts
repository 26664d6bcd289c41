import type { Column, DatabaseSchema, Table } from '../schema/index.ts'
import { relationIds } from './elements.ts'
import { isEqual } from './equal.ts'
import { typeId } from './type-ids.ts'

/** A table on both sides. */
export interface TablePair {
  readonly current: Table
  readonly target: Table
}

/** One column on the two sides, where it is there. */
export interface ColumnPair {
  readonly current: Column | undefined
  readonly target: Column | undefined
}

/**
 * The parents that a table has on both sides, and all the while between: what changes in their columns
 * changes in the table's by itself. A partition with other bounds leaves its parent for that time. The
 * type that a table is made of is such a parent.
 */
export function parentPairs(
  current: DatabaseSchema,
  target: DatabaseSchema,
  { current: before, target: after }: TablePair,
): TablePair[] {
  if (!isEqual(before.partitionOf, after.partitionOf)) return []
  const kept = new Set(parentIds(before))
  const tables = parentIds(after)
    .filter(id => kept.has(id))
    .flatMap(id => {
      const pair = { current: current.objects.get(id), target: target.objects.get(id) }
      return isTablePair(pair) ? [pair] : []
    })
  const [from, to] = [typeAsTable(current, before), typeAsTable(target, after)]
  return from && to ? [...tables, { current: from, target: to }] : tables
}

function typeAsTable(schema: DatabaseSchema, { ofType }: Table): Table | undefined {
  const type = schema.objects.get(ofType === undefined ? '' : (typeId(schema, ofType) ?? ''))
  if (type?.kind !== 'compositeType') return undefined
  const columns = type.attributes.map(attribute => ({ ...attribute, notNull: false }))
  return { kind: 'table', schema: type.schema, name: type.name, columns }
}

/** The same column of each parent. */
export function columnPairs(parents: readonly TablePair[], name: string): ColumnPair[] {
  return parents.map(parent => ({
    current: columnOf(parent.current, name),
    target: columnOf(parent.target, name),
  }))
}

/** A column as it comes with that of its parent: what it has of its own is not there yet. */
export function asPassed(own: Column | undefined, parent: Column | undefined): Column | undefined {
  if (!own || !parent) return undefined
  return { ...own, notNull: parent.notNull, default: parent.default, comment: undefined }
}

/** A table's column by its name. */
export function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find(column => column.name === name)
}

/** The tables that a table is a part or a child of. */
export function parentIds({ partitionOf, inherits = [] }: Table): string[] {
  const parents = partitionOf ? [partitionOf.parent, ...inherits] : inherits
  return parents.map(parent => relationIds(parent)[0] ?? '')
}

function isTablePair(pair: { current: unknown; target: unknown }): pair is TablePair {
  const isTable = (value: unknown) => (value as Table | undefined)?.kind === 'table'
  return isTable(pair.current) && isTable(pair.target)
}
