import type { Constraint } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { changesPlace, tableId } from './partitioned-indexes.ts'

/** A key as it is created: one that comes or goes with its table's place below a parent is attached by that. */
export function keyAsCreated(constraint: Constraint, comparison: Comparison): Constraint {
  const isAttached = 'attachedTo' in constraint && changesPlace(constraint, comparison)
  return isAttached ? { ...constraint, attachedTo: undefined } : constraint
}

/** How a key of a partitioned table or of a partition goes while the tables stay. */
export interface KeyDrop {
  /** The key as it comes back: the parent's, coming last, takes in those of the partitions. */
  readonly existing: Constraint
  /** The parent's key has taken it along. */
  readonly isDoneByParent: boolean
  readonly uses: Iterable<ElementId>
}

/** Says how a key is dropped. */
export function keyDrop(id: ElementId, constraint: Constraint, comparison: Comparison): KeyDrop {
  const { current } = comparison
  const uses = current.needs.touches(id)
  const existing = keyAsCreated(constraint, comparison)
  if (isMoving(comparison, tableId(constraint))) return { existing, isDoneByParent: false, uses }
  const parent = parentKey(constraint, current)
  const isDoneByParent = parent !== undefined && isMoving(comparison, parent)
  return {
    existing: alone(existing, isDoneByParent),
    isDoneByParent,
    uses: [
      ...[...uses].filter(use => !isDoneByParent || use !== parent),
      ...members(id, comparison),
    ],
  }
}

function alone(constraint: Constraint, isDoneByParent: boolean): Constraint {
  return {
    ...constraint,
    ...('only' in constraint ? { only: undefined } : {}),
    ...('attachedTo' in constraint && isDoneByParent ? { attachedTo: undefined } : {}),
  }
}

/** The key of the parent that a partition's key is attached to. */
function parentKey(constraint: Constraint, { schema }: Side): ElementId | undefined {
  const table = schema.objects.get(tableId(constraint))
  if (table?.kind !== 'table' || !table.partitionOf) return undefined
  if (!('attachedTo' in constraint) || !constraint.attachedTo) return undefined
  const { schema: space, name } = table.partitionOf.parent
  const id = `constraint:${space ?? ''}.${name}.${constraint.attachedTo.name}`
  return schema.objects.has(id) ? id : undefined
}

/** The keys that it takes along, of partitions that stay. */
function members(id: ElementId, comparison: Comparison): ElementId[] {
  const { schema, needs } = comparison.current
  return needs.dependents(id).filter(element => {
    const object = schema.objects.get(element)
    if (object?.kind !== 'constraint' || isMoving(comparison, tableId(object))) return false
    return parentKey(object, comparison.current) === id
  })
}
