import type { StepDirection } from '../revisions/plan.ts'

/** A revision as `current`, `history`, `heads` and `show` list it. */
export interface RevisionLine {
  readonly id: string
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
  readonly isBranchPoint: boolean
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
}

/** What `init` did. Paths are absolute. */
export interface InitResult {
  readonly directory: string
  readonly config: string
  /** The template that was used. */
  readonly template: string
  /** What there is to know of the words that were given, in sentences. */
  readonly notes: readonly string[]
  /** Files and folders that were made. */
  readonly written: readonly string[]
  /** Files that were there already and were given a line or two. */
  readonly changed: readonly string[]
  /** What was left as it is, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  /** What to do next, in order: a command or a sentence. */
  readonly next: readonly string[]
}

/** A revision file that was written. */
export interface WrittenRevision {
  readonly id: string
  readonly message: string
  /** Absolute. */
  readonly path: string
  readonly downRevisions: readonly string[]
  /** The post-write hooks that have run on it. */
  readonly hooks: readonly string[]
  /** For autogenerate: what its downgrade is: `exact`, `lossy: …`, `unproved`. */
  readonly downgradeLabel?: string | undefined
}

/** What `revision` wrote. Where `path` is absent nothing had changed, and nothing was written. */
export interface RevisionResult extends Partial<Omit<WrittenRevision, 'id' | 'message' | 'path'>> {
  readonly id: string
  readonly message: string
  readonly path: string | undefined
  /** Further files, where `processRevisionDirectives` in env.ts has made more than one. */
  readonly more?: readonly WrittenRevision[] | undefined
  /** For autogenerate: each change in one line, as `describe` puts it. */
  readonly changes?: readonly string[] | undefined
  /** For autogenerate: what was proved, or not, in sentences. */
  readonly proof?: readonly string[] | undefined
  /** For autogenerate: what else a reader should know, in sentences. */
  readonly notes?: readonly string[] | undefined
  /** Objects that are there and cannot be modelled yet, by kind and name. */
  readonly notModelled?: readonly string[] | undefined
}

/** The revision that joins others. */
export interface MergeResult
  extends Pick<RevisionResult, 'id' | 'message' | 'path' | 'hooks' | 'more'> {
  /** What it joins. */
  readonly downRevisions: readonly string[]
  /** Whether the branches give the same schema in every order; `partly`: code was not called. */
  readonly verdict: 'proved' | 'partly' | 'unproved'
  /** What running the orders in scratch has shown, or why it was not done, in sentences. */
  readonly proof: readonly string[]
}

/** A line of revisions that now follows another head. */
export interface RebaseResult {
  /** The first revision of the line: the one whose file was rewritten. */
  readonly id: string
  readonly path: string
  readonly downRevisionsBefore: readonly string[]
  readonly downRevisions: readonly string[]
  /** What nothing follows now. */
  readonly heads: readonly string[]
}

/** The way that one database went, or with `--sql` would go. */
export interface MoveDatabase {
  /** Which database, with the password masked; absent offline. */
  readonly database?: string | undefined
  readonly steps: readonly StepResult[]
  readonly headsBefore: readonly string[]
  readonly headsAfter: readonly string[]
}

/** What `upgrade`, `downgrade` and `stamp` did; where `env.ts` runs for several databases, in the first of them. */
export interface MoveResult extends MoveDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly MoveDatabase[] | undefined
  /** The whole script; only with `--sql`. */
  readonly sql?: string | undefined
}

export interface StepResult {
  readonly direction: StepDirection
  readonly revision: string
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly message: string
}

export type UpgradeResult = MoveResult
export type DowngradeResult = MoveResult
export type StampResult = MoveResult

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

export interface BranchesResult {
  /** Newest first. */
  readonly branchPoints: readonly BranchPoint[]
}

/** A revision that several others follow. */
export interface BranchPoint {
  readonly revision: RevisionLine
  /** The revisions that follow it. */
  readonly children: readonly RevisionLine[]
}

export interface EditResult {
  /** The files that were opened, absolute. */
  readonly paths: readonly string[]
}

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

/** What `init` can start from. */
export interface ListTemplatesResult {
  readonly templates: readonly TemplateLine[]
}

export interface TemplateLine {
  readonly name: string
  /** The first line of its README. */
  readonly description: string
}

export interface HistoryResult {
  /** Newest first. */
  readonly revisions: readonly RevisionLine[]
}

export interface HeadsResult {
  readonly revisions: readonly RevisionLine[]
}

export interface ShowResult {
  readonly revisions: readonly RevisionLine[]
}

/** What `check` found: where the database differs from the target. */
export interface CheckResult {
  readonly database: string
  readonly pending: readonly PendingChange[]
  /** Objects that are there and cannot be modelled yet, by kind and name. */
  readonly notModelled: readonly string[]
}

export interface PendingChange {
  /** The kind of operation: `addColumn`. */
  readonly kind: string
  /** In one line, as `describe` puts it. */
  readonly description: string
}
