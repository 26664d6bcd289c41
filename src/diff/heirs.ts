import type { Column, Table } from '../schema/index.ts'
import type { Side } from './comparison.ts'
import { columnElement, type ElementId } from './elements.ts'
import { isEqual } from './equal.ts'
import { columnOf, parentIds } from './inheritance.ts'

/** The partitions and children of a table, and theirs. */
export function heirsOf(id: ElementId, side: Side): Table[] {
  const found = new Map<ElementId, Table>()
  const queue = [id]
  for (const parent of queue) {
    for (const element of side.needs.dependents(parent)) {
      const table = side.schema.objects.get(element)
      if (table?.kind !== 'table' || found.has(element)) continue
      if (!parentIds(table).includes(parent)) continue
      found.set(element, table)
      queue.push(element)
    }
  }
  return [...found.values()]
}

/** A column of a table and of all who have it from there: what is done to it is done to them. */
export function columnFamily(table: Table, column: string, sides: readonly Side[]): ElementId[] {
  const id = `table:${table.schema ?? ''}.${table.name}`
  const heirs = sides.flatMap(side => heirsOf(id, side))
  return [...new Set([table, ...heirs].map(heir => columnElement(heir, column)))]
}

/**
 * Whether some who have a column from a table have another default: it is then changed on the table
 * alone, since the server would change theirs along.
 */
export function isDefaultApart(table: Table, column: string, sides: readonly Side[]): boolean {
  const id = `table:${table.schema ?? ''}.${table.name}`
  return sides.some(side => {
    const own = defaultOf(side.schema.objects.get(id), column)
    return heirsOf(id, side).some(heir => !isEqual(defaultOf(heir, column), own))
  })
}

function defaultOf(table: unknown, column: string): Column['default'] {
  return (table as Table | undefined)?.kind === 'table'
    ? columnOf(table as Table, column)?.default
    : undefined
}
