import type { Constraint, PartitionOf, QualifiedName, Table } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import { type ElementId, partitionElement } from './elements.ts'
import { parentIds, type TablePair } from './inheritance.ts'
import { partitionNames } from './names.ts'
import { down, type Part, up } from './part.ts'
import { tableId } from './partitioned-indexes.ts'
import { lastPlace } from './place.ts'

/** A table that stays and leaves its parent, gets one, or has other bounds. */
export function partitionParts({ current, target }: TablePair, comparison: Comparison): Part[] {
  return [
    ...detachParts(current, placeNeeds(current, comparison.current)),
    ...attachParts(target, placeNeeds(target, comparison.target)),
  ]
}

/** A partition brings its indexes and keys along, for the parent's to take in, and has its checks. */
function placeNeeds(table: Table, side: Side): ElementId[] {
  const keys = attachedKeys(table, side)
  return [
    ...keys,
    ...keys.flatMap(key => parentIndex(key, side)),
    ...[table, ...(table.partitionOf ? [table.partitionOf.parent] : [])].flatMap(name =>
      checksOf(name, side),
    ),
    ...side.needs.touches(partitionElement(table)),
  ]
}

/** The index that one of a partition is attached to. */
function parentIndex(key: ElementId, { schema }: Side): ElementId[] {
  const object = schema.objects.get(key)
  if (object?.kind !== 'index' || !object.attachedTo) return []
  const { schema: space, name } = object.attachedTo
  return [`index:${space ?? ''}.${name}`]
}

function checksOf({ schema: space, name }: QualifiedName, { schema, needs }: Side): ElementId[] {
  return needs.dependents(`table:${space ?? ''}.${name}`).filter(element => {
    const object = schema.objects.get(element)
    return object?.kind === 'constraint' && object.type === 'check' && object.table === name
  })
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
 * takes its indexes in instead of making others; undefined where it can be attached at once. Where
 * foreign keys refer to the parent, a partition must be detached before it is dropped.
 */
export function attachedLater(
  table: Table,
  side: Side,
  comparison: Comparison,
): ElementId[] | undefined {
  const [parent] = parentIds(table)
  if (!table.partitionOf || parent === undefined || isMoving(comparison, parent)) return undefined
  const hasIndexes = attachedKeys(table, side).some(key => key.startsWith('index:'))
  return hasIndexes || isReferred(parent, comparison) ? placeNeeds(table, side) : undefined
}

/** Whether a foreign key refers to a partitioned table, or to one that it is a part of. */
function isReferred(id: ElementId, comparison: Comparison): boolean {
  return [comparison.current, comparison.target].some(side => {
    const table = side.schema.objects.get(id)
    if (table?.kind !== 'table') return false
    const keys = side.needs.dependents(id).map(element => side.schema.objects.get(element))
    const isEnd = keys.some(key => key?.kind === 'constraint' && refersTo(key, table))
    const [parent] = table.partitionOf ? parentIds(table) : []
    return isEnd || (parent !== undefined && isReferred(parent, comparison))
  })
}

function refersTo(key: Constraint, { schema, name }: Table): boolean {
  if (key.type !== 'foreignKey') return false
  return key.references.schema === schema && key.references.table === name
}

function attachedKeys({ schema: space, name }: Table, { schema, needs }: Side): ElementId[] {
  const id = `table:${space ?? ''}.${name}`
  return needs.dependents(id).filter(element => {
    const object = schema.objects.get(element)
    const isKey = object?.kind === 'index' || object?.kind === 'constraint'
    return isKey && tableId(object) === id && 'attachedTo' in object && object.attachedTo
  })
}
