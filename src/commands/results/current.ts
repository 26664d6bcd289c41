import type { RevisionLine } from './revision-line.ts'

/** Where one database is. */
export interface CurrentDatabase {
  /** Which database, with the password masked. */
  readonly database: string
  /** The rows of the version table, sorted. */
  readonly heads: readonly string[]
  /** The rows as revisions, and the heads that they depend on. */
  readonly revisions: readonly RevisionLine[]
  /** The heads that it has not been moved to; only with `checkHeads`. */
  readonly missingHeads?: readonly string[] | undefined
}

/** Where the database is; where `env.ts` runs for several, the first of them. */
export interface CurrentResult extends CurrentDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly CurrentDatabase[] | undefined
  /** Whether every database is at every head; only with `checkHeads`. */
  readonly isAtHeads?: boolean | undefined
}
