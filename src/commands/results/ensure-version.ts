/** limbeck's own tables in one database. */
export interface EnsureVersionDatabase {
  /** Which database, with the password masked; absent offline. */
  readonly database?: string | undefined
  /** The version table and the ledger, with their schema where they have one. */
  readonly tables: readonly string[]
  /** Those of them that were missing; absent offline. */
  readonly created?: readonly string[] | undefined
}

/** What `ensure-version` created; where `env.ts` runs for several databases, in the first of them. */
export interface EnsureVersionResult extends EnsureVersionDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly EnsureVersionDatabase[] | undefined
  /** The whole script; only with `--sql`. */
  readonly sql?: string | undefined
}
