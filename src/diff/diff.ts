import type { Operation } from '../operations/operation.ts'
import type { DatabaseSchema, ObjectId, ObjectKind, UnmodelledObject } from '../schema/index.ts'
import { withEnumDependents } from './enum-dependents.ts'
import { compare, compareParts } from './fates.ts'
import { markUncheckedBodies, rememberColumns } from './finish.ts'
import { fold } from './fold.ts'
import { openLoggingCircles } from './logging.ts'
import { keepUnmanaged } from './managed.ts'
import { readNeeds } from './needs.ts'
import { type Note, rebuiltTableNotes, tableNotes } from './notes.ts'
import { order } from './order.ts'
import { makeParts } from './parts.ts'
import { spreadFates } from './rebuild.ts'
import { withRights } from './rights.ts'
import { expandSerials } from './serials.ts'

export interface DiffOptions {
  /** Kinds that the target is able to express; nothing of another kind is dropped. Absent: all. */
  readonly managedKinds?: 'all' | ReadonlySet<ObjectKind> | undefined
  /** Schemas that the target or the history names; nothing outside them is dropped. Absent: all. */
  readonly managedSchemas?: 'all' | ReadonlySet<string> | undefined
  /** false: what the target does not name stays, but for the parts of tables that it does name. */
  readonly dropUnknown?: boolean | undefined
  /** What stays although the target does not have it. */
  readonly kept?: ReadonlySet<ObjectId> | undefined
}

/** What turns one database schema into another. */
export interface Diff {
  /** In an order that works; reversed one by one, from the last to the first, they lead back. */
  readonly operations: readonly Operation[]
  readonly notes: readonly Note[]
  /** What neither is compared nor changed, on each side. */
  readonly unmodelled: {
    readonly current: readonly UnmodelledObject[]
    readonly target: readonly UnmodelledObject[]
  }
}

/**
 * Compares two schemas that the same engine has normalised. Throws `OBJECT_CYCLE` where objects
 * need each other in a circle that cannot be opened.
 */
export function diff(
  current: DatabaseSchema,
  target: DatabaseSchema,
  options: DiffOptions = {},
): Diff {
  const unmodelled = { current: current.unmodelled, target: target.unmodelled }
  if (current === target) return { operations: [], notes: [], unmodelled }
  const { managedKinds = 'all', managedSchemas = 'all', dropUnknown, kept } = options
  const managed = { managedKinds, managedSchemas, dropUnknown, kept }
  const completed = keepUnmanaged(current, target, () => readNeeds(current), managed)
  const notes = [...completed.notes, ...tableNotes(current, completed.target)]
  const [before, after] = expandSerials(current, completed.target)
  const changes = changesBetween(before, after)
  return {
    operations: withRights(changes.operations, current, completed.target),
    notes: [...notes, ...changes.notes],
    unmodelled,
  }
}

function changesBetween(
  current: DatabaseSchema,
  target: DatabaseSchema,
): Pick<Diff, 'operations' | 'notes'> {
  const fates = compare(current, target)
  if (fates.size === 0) return { operations: [], notes: [] }
  const sides = {
    current: { schema: current, needs: readNeeds(current) },
    target: { schema: target, needs: readNeeds(target) },
  }
  compareParts(fates, sides.current, sides.target)
  openLoggingCircles(fates, sides.current, sides.target)
  spreadFates(fates, sides.current, sides.target)
  const groups = order(makeParts({ ...sides, fates }))
  const operations = withEnumDependents(groups, { current, target }, changesBetween).flatMap(
    group => fold(group, current),
  )
  return {
    operations: markUncheckedBodies(rememberColumns(operations, current)),
    notes: rebuiltTableNotes(fates, current),
  }
}
