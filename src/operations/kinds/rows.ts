import type { OnTable } from './tables.ts'

/** A row by its columns' names: plain values, and SQL in their places. A column that it lacks gets its default. */
export type PlainRow = Readonly<Record<string, unknown>>

/** What is known of a column that rows give. */
export interface RowColumn {
  readonly type: string
  /** An identity that takes a value only where that is said. */
  readonly isAlways?: boolean | undefined
}

/** Rows of a table, written down. */
interface Rows extends OnTable {
  readonly rows: readonly PlainRow[]
  /** What is known of the columns that the rows give, in the table's order; absent: nothing. */
  readonly columns?: Readonly<Record<string, RowColumn>> | undefined
}

/** Puts rows into a table. */
export interface BulkInsert extends Rows {
  readonly kind: 'bulkInsert'
  /** The columns that name a row, for the reverse. */
  readonly key?: readonly string[] | undefined
}

/** Deletes the rows that have the keys of those given; the rest of them is for the reverse. */
export interface BulkDelete extends Rows {
  readonly kind: 'bulkDelete'
  readonly key: readonly string[]
}
