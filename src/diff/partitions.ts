import type { PartitionOf, Table } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import { type ElementId, partitionElement } from './elements.ts'
import { parentIds, type TablePair } from './inheritance.ts'
import { partitionNames } from './names.ts'
import { down, type Part, up } from './part.ts'
import { tableId } from './partitioned-indexes.ts'
import { lastPlace } from './place.ts'

/** A table that stays and leaves its parent, gets one, or has other bounds. */
export function partitionParts({ current, target }: TablePair, comparison: Comparison): Part[] {
  const element = partitionElement(target)
  return [
    ...detachParts(current, comparison.current.needs.touches(element)),
    ...attachParts(target, comparison.target.needs.touches(element)),
  ]
}

/** Attaches a table to its parent. */
export function attachParts(table: Table, needs: Iterable<ElementId>): Part[] {
  if (!table.partitionOf) return []
  const operation = {
    kind: 'attachPartition',
    ...partitionOperation(table, table.partitionOf),
  } as const
  const { takes } = partitionNames(table)
  return [up(partitionElement(table), { operation, place: lastPlace(table), needs, takes })]
}

/** Detaches a table from its parent. */
export function detachParts(table: Table, uses: Iterable<ElementId>): Part[] {
  if (!table.partitionOf) return []
  const operation = {
    kind: 'detachPartition',
    ...partitionOperation(table, table.partitionOf),
  } as const
  const { frees } = partitionNames(table)
  return [down(partitionElement(table), { operation, place: lastPlace(table), uses, frees })]
}

function partitionOperation({ schema, name }: Table, { parent, bounds }: PartitionOf) {
  return { schema: parent.schema, table: parent.name, partition: { schema, name }, bounds }
}

/**
 * What a new partition has to have before it is attached to a parent that stays, so that the parent
 * takes its indexes in instead of making others; undefined where it can be attached at once.
 */
export function attachedLater(
  id: ElementId,
  table: Table,
  { schema, needs }: Side,
  comparison: Comparison,
): ElementId[] | undefined {
  if (!table.partitionOf || parentIds(table).some(parent => isMoving(comparison, parent)))
    return undefined
  const indexes = needs.dependents(id).filter(element => {
    const object = schema.objects.get(element)
    return object?.kind === 'index' && tableId(object) === id && object.attachedTo
  })
  return indexes.length > 0
    ? [id, ...indexes, ...needs.touches(partitionElement(table))]
    : undefined
}
