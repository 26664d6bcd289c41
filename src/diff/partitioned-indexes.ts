import type { OnTable } from '../operations/operation.ts'
import type { Index, QualifiedName } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import type { ElementId } from './elements.ts'

/**
 * How an index of a partitioned table, or one attached to such an index, comes or goes. An index that
 * all partitions have is brought after its members, and takes them in by itself; dropped, it takes
 * them along, so that their own drops find nothing: only this order can be undone.
 */
export interface FamilyMove {
  /** The index as it is created: what the database does by itself is not said. */
  readonly index: Index
  /** It may be there, or gone, already. */
  readonly isDoneByParent: boolean
  /** What it needs, its place in the family considered. */
  readonly needs: ReadonlySet<ElementId>
}

/** How an index moves on the side where it is. */
export function familyMove(
  id: ElementId,
  index: Index,
  side: Side,
  comparison: Comparison,
): FamilyMove {
  const moves = (element: ElementId) => isMoving(comparison, element)
  const needs = side.needs.touches(id)
  const parent = index.attachedTo && indexId(index.attachedTo)
  const parentIndex = parent === undefined ? undefined : side.schema.objects.get(parent)
  const isTakenIn =
    parent !== undefined &&
    parentIndex?.kind === 'index' &&
    (moves(parent)
      ? isWhole(parent, parentIndex, side) || isMoved(index, comparison)
      : changesPlace(index, comparison))
  return {
    index: {
      ...index,
      ...(isTakenIn ? { attachedTo: undefined } : {}),
      ...(index.only && isWhole(id, index, side) ? { only: undefined } : {}),
    },
    isDoneByParent: isTakenIn,
    needs: new Set([
      ...[...needs].filter(need => !isTakenIn || need !== parent),
      ...(index.only ? awaited(id, index, side) : []),
    ]),
  }
}

/** Whether the table of an index is attached or detached, by itself or as it comes or goes. */
export function changesPlace(on: OnTable, comparison: Comparison): boolean {
  const table = tableId(on)
  return isMoving(comparison, table) || comparison.fates.has(table.replace('table:', 'partition:'))
}

/** Whether the table of an index stays, and is attached or detached. */
function isMoved(on: OnTable, comparison: Comparison): boolean {
  return changesPlace(on, comparison) && !isMoving(comparison, tableId(on))
}

/**
 * Members of the family, or the partitions that must not get an index by being attached. A key of a
 * partition is different: nothing but its table can be dropped before the parent's index, so it comes
 * later, inside that table.
 */
function awaited(id: ElementId, index: Index, side: Side): ElementId[] {
  if (hasKeys(id, side)) return []
  return isWhole(id, index, side)
    ? membersOf(id, side).map(([member]) => member)
    : partitionsOf(index, side)
}

/** Whether every partition has an index attached to this one, and none a key. */
function isWhole(id: ElementId, index: Index, side: Side): boolean {
  if (hasKeys(id, side)) return false
  const covered = new Set(membersOf(id, side).map(([, member]) => tableId(member)))
  return partitionsOf(index, side).every(partition => covered.has(partition))
}

function hasKeys(id: ElementId, { schema, needs }: Side): boolean {
  return needs.dependents(id).some(element => {
    const object = schema.objects.get(element)
    return (
      object?.kind === 'constraint' && 'attachedTo' in object && object.attachedTo !== undefined
    )
  })
}

function membersOf(id: ElementId, { schema, needs }: Side): [ElementId, Index][] {
  return needs.dependents(id).flatMap((element): [ElementId, Index][] => {
    const object = schema.objects.get(element)
    const isMember =
      object?.kind === 'index' && object.attachedTo && indexId(object.attachedTo) === id
    return isMember ? [[element, object]] : []
  })
}

function partitionsOf(index: Index, { schema, needs }: Side): ElementId[] {
  const parent = tableId(index)
  return needs.dependents(parent).filter(element => {
    const object = schema.objects.get(element)
    return (
      object?.kind === 'table' &&
      object.partitionOf &&
      `table:${path(object.partitionOf.parent)}` === parent
    )
  })
}

const path = ({ schema, name }: QualifiedName) => `${schema ?? ''}.${name}`
const indexId = (name: QualifiedName): ElementId => `index:${path(name)}`

/** The table that an index or constraint is on. */
export function tableId({ schema, table }: OnTable): ElementId {
  return `table:${path({ schema, name: table })}`
}
