import { shorten } from '../operations/describe-changes.ts'

/** A commit that a plan cannot do without. */
export interface CommitBoundary {
  /** The revision that it is in. */
  readonly revision: string
  /** What it comes before. */
  readonly sql: string
  /** What it is there for. */
  readonly reason: BoundaryReason
}

/**
 * `outside`: no transaction may hold it. `autocommit`: the script wants it so. `newValue`: it may use
 * what this transaction has added (a value of an enum). `backfill`: its batches are transactions.
 */
export type BoundaryReason = 'outside' | 'autocommit' | 'newValue' | 'backfill'

/** What a boundary is there for, in a line. */
export const boundaryText = ({ revision, sql, reason }: CommitBoundary): string =>
  `in ${revision}, before ${shorten(sql)}: ${boundaryReasons[reason]}`

/** Why what comes behind a boundary is in no transaction with what comes before. */
export const boundaryReasons: Readonly<Record<BoundaryReason, string>> = {
  outside: 'it cannot be in a transaction',
  autocommit: 'op.autocommit keeps it out of transactions',
  newValue: 'it may use an enum value that is only usable after a commit',
  backfill: 'each of its batches is a transaction',
}
