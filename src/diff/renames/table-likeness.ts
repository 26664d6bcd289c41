import type { Column, Table } from '../../schema/index.ts'
import { isEqual } from '../equal.ts'
import { isSameFamily } from '../type-families.ts'
import { close, closeness } from './closeness.ts'
import type { RenameCandidate } from './rename.ts'

/** How alike two things are, with what speaks for it. */
export type Likeness = Pick<RenameCandidate, 'likeness' | 'reasons'>

/**
 * How much a table that goes is like one that comes, by the columns that they share; undefined where
 * nobody would take one for the other. Partitions of one parent are all alike: they need the same bounds.
 */
export function tableLikeness(current: Table, target: Table): Likeness | undefined {
  const isSameSort =
    isEqual(current.partitionOf, target.partitionOf) && current.partitionBy === target.partitionBy
  if (!isSameSort) return undefined
  const names = closeness(current.name, target.name)
  const before = new Map(current.columns.map(column => [column.name, column]))
  const shared = target.columns.map(column => agreement(before.get(column.name), column))
  const total = current.columns.length + target.columns.length
  const share = total === 0 ? 0 : (2 * shared.reduce((sum, part) => sum + part, 0)) / total
  if (share < 0.5 && (share < 0.3 || names < close)) return undefined
  const common = shared.filter(part => part > 0).length
  const most = Math.max(current.columns.length, target.columns.length)
  return {
    likeness: 0.75 * share + 0.25 * names,
    reasons: [`${common} of ${most} columns agree`, ...nameReason(names)],
  }
}

/** How much a column agrees with the one of the same name. */
function agreement(before: Column | undefined, after: Column): number {
  if (before === undefined) return 0
  if (before.type === after.type) return 1
  return isSameFamily(before.type, after.type) ? 0.75 : 0.4
}

/** What is said of close names. */
export const nameReason = (names: number): string[] =>
  names >= close ? ['the names are close'] : []
