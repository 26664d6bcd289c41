/** The scratch database of a comparison. */
export interface ScratchResult {
  /** On the database's own server, in this process, or at `scratchUrl`. */
  readonly kind: 'server' | 'embedded' | 'url'
  /** Of its PostgreSQL: `15.18`. */
  readonly version: string
}

/** A history that was run in an embedded PostgreSQL. */
export interface ReplayResult {
  /** How many revisions have run. */
  readonly revisions: number
  /** Where code stands that was not called, since it does not say `{ scratch: true }`. */
  readonly notCalled: readonly string[]
}
