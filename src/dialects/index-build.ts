/** How far a server is with an index that a session builds. */
export interface IndexBuild {
  /** The table, with its schema where that is needed. */
  readonly table: string
  /** The index; null where only the session that builds it can see it. */
  readonly index: string | null
  /** What is being done, in the server's words. */
  readonly phase: string
  /** How much of this phase is done, of `of`. */
  readonly done?: number | undefined
  /** Blocks, or rows, of this phase; absent where it cannot be known. */
  readonly of?: number | undefined
}
