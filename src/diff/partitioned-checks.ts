import type { Constraint } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import { partitionElement } from './elements.ts'
import { tableId } from './partitioned-indexes.ts'

/**
 * Whether a partition that stays where it is has a check from its parent, with whose own it comes and goes.
 * A partition that is created brings it along: without it the parent would not take it in.
 */
export function comesFromParent(
  constraint: Constraint,
  { schema }: Side,
  comparison: Comparison,
): boolean {
  if (constraint.type !== 'check' || constraint.comment !== undefined) return false
  const table = schema.objects.get(tableId(constraint))
  if (table?.kind !== 'table' || table.partitionOf === undefined) return false
  const { schema: space = '', name } = table.partitionOf.parent
  const own = `constraint:${space}.${name}.${constraint.name}`
  const isStaying =
    !comparison.fates.has(partitionElement(table)) &&
    ![tableId(constraint), `table:${space}.${name}`].some(id => isMoving(comparison, id))
  return isStaying && schema.objects.get(own)?.kind === 'constraint' && isMoving(comparison, own)
}
