import type { ColumnChanges } from '../operations/operation.ts'
import type { Column } from '../schema/index.ts'
import { isEqual } from './equal.ts'
import type { ColumnPair } from './inheritance.ts'

/** What alterColumn has to say to turn one column into another, its default apart. */
export function columnChanges(current: Column, target: Column): ColumnChanges {
  return { ...typeChanges(current, target), ...aspectChanges(current, target) }
}

/**
 * The same without what the column's parents pass on to it; comments are never passed on. Where it keeps
 * a NOT NULL that its parents get or lose, that is said, since on one of the ways it would be lost.
 */
export function ownColumnChanges(
  current: Column,
  target: Column,
  parents: readonly ColumnPair[],
): ColumnChanges {
  const inherited = parents.flatMap(({ current: before, target: after }) =>
    before && after ? [columnChanges(before, after)] : [],
  )
  const isOwn = ([key, value]: [string, unknown]) =>
    key === 'comment' ||
    !inherited.some(
      changes => key in changes && isEqual(changes[key as keyof ColumnChanges], value),
    )
  const kept = inherited.some(changes => 'notNull' in changes) && { notNull: target.notNull }
  const own = Object.entries(columnChanges(current, target)).filter(isOwn)
  return { ...(current.notNull === target.notNull && kept), ...Object.fromEntries(own) }
}

function typeChanges(current: Column, target: Column): ColumnChanges {
  return {
    ...(current.type === target.type ? {} : { type: target.type }),
    ...(current.collation === target.collation ? {} : { collation: target.collation ?? null }),
  }
}

function aspectChanges(current: Column, target: Column): ColumnChanges {
  const differs = (key: keyof Column) => !isEqual(current[key], target[key])
  return {
    ...(differs('notNull') && { notNull: target.notNull }),
    ...(differs('identity') && { identity: target.identity ?? null }),
    ...(differs('generated') && { generated: target.generated ?? null }),
    ...(differs('comment') && { comment: target.comment ?? null }),
    ...storageChange(current, target),
    ...(differs('compression') && { compression: target.compression ?? null }),
    ...(differs('statistics') && { statistics: target.statistics ?? null }),
  }
}

/** Another type or collation brings the type's own way of storage, so that a chosen one has to be said again. */
function storageChange(current: Column, target: Column): ColumnChanges {
  const isAnother = current.type !== target.type || current.collation !== target.collation
  const isReset = isAnother && target.storage !== undefined
  if (current.storage === target.storage && !isReset) return {}
  return { storage: target.storage ?? 'default' }
}
