import type { Table } from '../schema/index.ts'
import { columnOf } from './inheritance.ts'

/** Whether rows find their partition by a column, whose type then cannot change. */
export function isPartitionedBy({ partitionBy = '' }: Table, column: string): boolean {
  const words = partitionBy.match(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []
  return words.some(word => unquoted(word) === column)
}

const unquoted = (word: string): string =>
  word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word

/** Whether two forms of a table want other values in the columns by which it is partitioned. */
export function changesPartitioning(current: Table, target: Table): boolean {
  if (target.partitionBy === undefined) return false
  return target.columns.some(column => {
    const before = columnOf(current, column.name)
    const isOther = before && (before.type !== column.type || before.collation !== column.collation)
    return isOther === true && isPartitionedBy(target, column.name)
  })
}
