import type { FoundRename } from '../autogenerate/renames/answers.ts'
import type { FindingStatus } from '../dialects/health.ts'
import type { ErrorCode } from '../errors.ts'
import type { StepDirection } from '../revisions/plan.ts'
import type { EditedScript } from '../runtime/edited-scripts.ts'

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

/** What `init` did. Paths are absolute. */
export interface InitResult {
  /** The script directory. */
  readonly directory: string
  /** The config, new or as it was. */
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
  readonly skipped: readonly SkippedFile[]
  /** What to do next, in order: a command or a sentence. */
  readonly next: readonly string[]
}

/** A file that `init` left as it is. */
export interface SkippedFile {
  /** Absolute. */
  readonly path: string
  /** In words. */
  readonly reason: string
}

/** A revision file that was written. */
export interface WrittenRevision {
  /** The revision's id. */
  readonly id: string
  /** What it does, as it was given; may be empty. */
  readonly message: string
  /** The file, absolute. */
  readonly path: string
  /** What it follows. */
  readonly downRevisions: readonly string[]
  /** The post-write hooks that have run on it. */
  readonly hooks: readonly string[]
  /** For autogenerate: what its downgrade is: `exact`, `lossy: …`, `unproved`. */
  readonly downgradeLabel?: string | undefined
}

/** What `revision` wrote. Where `path` is absent nothing had changed, and nothing was written. */
export interface RevisionResult extends Partial<Omit<WrittenRevision, 'id' | 'message' | 'path'>> {
  /** The revision's id. */
  readonly id: string
  /** What it does, as it was given; may be empty. */
  readonly message: string
  /** The file, absolute. */
  readonly path?: string | undefined
  /** Further files, where `processRevisionDirectives` in env.ts has made more than one. */
  readonly more?: readonly WrittenRevision[] | undefined
  /** For autogenerate: each change in one line, as `describe` puts it. */
  readonly changes?: readonly string[] | undefined
  /** For autogenerate: what was proved, or not, in sentences. */
  readonly proof?: readonly string[] | undefined
  /** For autogenerate: what else a reader should know, in sentences. */
  readonly notes?: readonly string[] | undefined
  /** For autogenerate: renames that are made, and those that may be meant. */
  readonly renames?: readonly FoundRename[] | undefined
  /** Objects that are there and cannot be modelled yet, by kind and name. */
  readonly notModelled?: readonly string[] | undefined
  /** For autogenerate: where it was compared and proved. */
  readonly scratch?: ScratchResult | undefined
  /** For `--replay`: what the comparison started from. */
  readonly replay?: ReplayResult | undefined
}

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
  /** The file, absolute. */
  readonly path: string
  /** What it followed. */
  readonly downRevisionsBefore: readonly string[]
  /** What it follows now. */
  readonly downRevisions: readonly string[]
  /** What nothing follows now. */
  readonly heads: readonly string[]
}

/** The way that one database went, or with `--sql` would go. */
export interface MoveDatabase {
  /** Which database, with the password masked; absent offline. */
  readonly database?: string | undefined
  /** In the order they run. */
  readonly steps: readonly StepResult[]
  /** The version rows before; empty: base. */
  readonly headsBefore: readonly string[]
  /** The version rows after the last step. */
  readonly headsAfter: readonly string[]
}

/** What `upgrade`, `downgrade` and `stamp` did; where `env.ts` runs for several databases, in the first of them. */
export interface MoveResult extends MoveDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly MoveDatabase[] | undefined
  /** The whole script; only with `--sql`. */
  readonly sql?: string | undefined
}

/** A step of a move: one revision that was run, or stamped. */
export interface StepResult {
  /** Whether its upgrade or its downgrade is run, or only its row written. */
  readonly direction: StepDirection
  /** The revision's id. */
  readonly revision: string
  /** Where the step began; empty: base. */
  readonly from: readonly string[]
  /** Where it led; empty: base. */
  readonly to: readonly string[]
  /** First paragraph of the revision's docstring. */
  readonly message: string
}

/** What `upgrade` did. */
export type UpgradeResult = MoveResult
/** What `downgrade` did. */
export type DowngradeResult = MoveResult
/** What `stamp` did. */
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

/** The models that were made of a database. */
export interface ModelsResult {
  /** Which database, with the password masked. */
  readonly database: string
  /** The folder of the models, or their only file, absolute. */
  readonly output: string
  /** Whether files were written. */
  readonly isWritten: boolean
  /** By path. */
  readonly files: readonly ModelFile[]
  /** How many objects of each kind the models declare. */
  readonly declared: Readonly<Record<string, number>>
  /** Objects that are there and that no model can say, by kind and name. */
  readonly notModelled: readonly string[]
}

/** A file of models. */
export interface ModelFile {
  /** Absolute. */
  readonly path: string
  /** What it was before. */
  readonly state: 'new' | 'unchanged' | 'changed'
  /** What it says now. */
  readonly code: string
}

/** Where the history branches. */
export interface BranchesResult {
  /** Newest first. */
  readonly branchPoints: readonly BranchPoint[]
}

/** A revision that several others follow. */
export interface BranchPoint {
  /** The branch point itself. */
  readonly revision: RevisionLine
  /** The revisions that follow it. */
  readonly children: readonly RevisionLine[]
}

/** What `edit` opened. */
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
  /** By name. */
  readonly templates: readonly TemplateLine[]
}

/** A template, as it is listed. */
export interface TemplateLine {
  /** What `init --template` takes. */
  readonly name: string
  /** The first line of its README. */
  readonly description: string
}

/** The revisions of a range. */
export interface HistoryResult {
  /** Newest first. */
  readonly revisions: readonly RevisionLine[]
}

/** The revisions that nothing follows. */
export interface HeadsResult {
  /** In load order: by version location, then by file name. */
  readonly revisions: readonly RevisionLine[]
}

/** The revisions that an identifier stands for. */
export interface ShowResult {
  /** Empty for `base`. */
  readonly revisions: readonly RevisionLine[]
}

/** Where one database differs from the target. */
export interface CheckDatabase {
  /** Which database, with the password masked. */
  readonly database: string
  /** What `revision --autogenerate` would write, in order. */
  readonly pending: readonly PendingChange[]
  /** Renames that it would make, and those that may be meant. */
  readonly renames: readonly FoundRename[]
  /** Objects that are there and cannot be modelled yet, by kind and name. */
  readonly notModelled: readonly string[]
  /** Scripts that were edited after they had been applied; with `--replay` none. */
  readonly edited: readonly EditedScript[]
  /** Where it was compared. */
  readonly scratch?: ScratchResult | undefined
  /** For `--replay`: what the target was compared with. */
  readonly replay?: ReplayResult | undefined
}

/** What `check` found; where `env.ts` runs for several databases, `pending` and `notModelled` are those of all. */
export interface CheckResult extends CheckDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly CheckDatabase[] | undefined
}

/** A change that no revision has yet. */
export interface PendingChange {
  /** The kind of operation: `addColumn`. */
  readonly kind: string
  /** In one line, as `describe` puts it. */
  readonly description: string
}

/** What `doctor` found. */
export interface DoctorResult {
  /** In the order of the page. */
  readonly findings: readonly DoctorFinding[]
  /** How many findings there are of each status. */
  readonly counts: DoctorCounts
  /** Nothing is a problem. */
  readonly isHealthy: boolean
}

/** How many findings there are of each status. */
export interface DoctorCounts {
  /** All is well. */
  readonly ok: number
  /** Worth knowing. */
  readonly note: number
  /** It will keep limbeck from its work one day, or costs something now. */
  readonly warning: number
  /** It keeps limbeck from its work. */
  readonly problem: number
}

/** What looking at one thing has shown. */
export interface DoctorFinding {
  /** What was looked at, in a word or two: `version table`. */
  readonly check: string
  /** How serious it is: a problem keeps limbeck from its work, a warning will one day. */
  readonly status: FindingStatus
  /** In one sentence. */
  readonly message: string
  /** What to do about it: a command, a statement or a sentence. */
  readonly fix?: string | undefined
  /** Which database it is about, with the password masked; absent where it is about the project. */
  readonly database?: string | undefined
}

/** What `--json` prints for a command that failed. */
export interface ErrorDocument {
  /** What went wrong. */
  readonly error: ErrorFields
}

/** An error, as a program reads it. */
export interface ErrorFields {
  /** A stable word for what went wrong, which the reference of errors explains. */
  readonly code: ErrorCode
  /** In one sentence, for people. */
  readonly message: string
  /** Plain values to act on; which ones depends on the code. */
  readonly facts: Readonly<Record<string, unknown>>
  /** What to do next, as a sentence. */
  readonly hint?: string | undefined
  /** The exit status of the process. */
  readonly exitStatus: number
}
