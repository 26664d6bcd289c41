/** One node of the revision graph: what its file says, and nothing that running it would tell. */
export interface Revision {
  readonly id: string
  /** Empty: a base. Several: a merge point. */
  readonly downRevisions: readonly string[]
  /** Full ids or branch labels, as the file writes them. */
  readonly dependsOn: readonly string[]
  readonly branchLabels: readonly string[]
  /** First paragraph of the docstring; empty where there is none. */
  readonly message: string
  /** The whole docstring. */
  readonly doc: string
  /** Text after `Create Date:`, as written. */
  readonly createdAt?: string | undefined
}

/** A revision with the file it was scanned from. */
export interface ScannedRevision extends Revision {
  /** Absolute path. */
  readonly path: string
}
