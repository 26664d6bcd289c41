import type { StepDirection } from '../../revisions/plan.ts'

/** A revision as `current`, `history`, `heads` and `show` list it. */
export interface RevisionLine {
  /** The revision's id, in full. */
  readonly id: string
  /** What it follows: none for a base, several for a merge point. */
  readonly downRevisions: readonly string[]
  /** As the file writes them: labels stay labels. */
  readonly dependsOn: readonly string[]
  /** The same as ids. */
  readonly dependencies: readonly string[]
  /** Branch labels that apply here, its own and those of its branch. */
  readonly labels: readonly string[]
  /** No revision follows it. */
  readonly isHead: boolean
  /** No revision follows it, but one depends on it. */
  readonly isEffectiveHead: boolean
  /** The database is here; false also where no database was asked. */
  readonly isCurrent: boolean
  /** Several revisions follow it. */
  readonly isBranchPoint: boolean
  /** It follows several revisions. */
  readonly isMergePoint: boolean
  /** The revisions that follow a branch point; empty elsewhere. */
  readonly branchesInto: readonly string[]
  /** Absolute. */
  readonly path: string
  /** First paragraph of the docstring. */
  readonly message: string
  /** The docstring's `Create Date`, as it is written there. */
  readonly createdAt?: string | undefined
  /** The whole docstring. */
  readonly doc: string
  /** What its downgrade was proved to be: `exact`, `lossy: …`, `unproved`. */
  readonly downgradeLabel?: string | undefined
  /** What the ledger says of it; only where it was asked, and knows. */
  readonly ledger?: RevisionRecord | undefined
}

/** The last that was done with a revision in a database. */
export interface RevisionRecord {
  /** Whether its upgrade or its downgrade has run, or only its row was written. */
  readonly direction: StepDirection
  /** `part`: its run has stopped on its way, behind a commit. */
  readonly state: 'whole' | 'part'
  /** For `part`: the step of the script that was begun or done last. */
  readonly step?: number | undefined
  /** ISO 8601. */
  readonly at?: string | undefined
  /** How long it took; absent where that is not known. */
  readonly milliseconds?: number | undefined
  /** The role of the database; null where databases have none. */
  readonly who: string | null
  /** Where limbeck ran. */
  readonly host: string
  /** What the session was called. */
  readonly application: string
  /** limbeck's own version. */
  readonly version: string
  /** Whether the file still has the text that was run; `check` says whether a changed one does something else. */
  readonly script?: 'same' | 'changed' | undefined
}
