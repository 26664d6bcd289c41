import type { AskRename } from '../autogenerate/renames/answers.ts'
import type { ProjectInput } from '../environment/project.ts'
import type { TimeoutInput } from './timeouts.ts'

/** What `init` is told. */
export interface InitInput {
  /** Where the script directory is made; the process's folder by default. */
  readonly cwd?: string | undefined
  /** The config file to write; `limbeck.config.ts` in `cwd` by default. */
  readonly config?: string | undefined
  /** The script directory, relative to `cwd`; `migrations` by default. */
  readonly directory?: string | undefined
  /** One of `listTemplates`, or Alembic's name for it; `generic` by default. */
  readonly template?: string | undefined
  /** Set the project up with a PostgreSQL of its own, in a folder. */
  readonly embedded?: boolean | undefined
  /** Alembic's `--package`: understood, and told that there is nothing to do. */
  readonly package?: boolean | undefined
}

/** What a command is told of a revision that it writes. */
export interface NewRevisionInput extends ProjectInput {
  /** What it does, in a few words. */
  readonly message?: string | undefined
  /** Its id, in place of twelve random digits. */
  readonly revId?: string | undefined
  /** It may follow a revision that is no head, and so start a branch. */
  readonly splice?: boolean | undefined
  /** Names for the branch that begins with it. */
  readonly branchLabels?: readonly string[] | undefined
  /** What must have run before it, beside what it follows. */
  readonly dependsOn?: readonly string[] | undefined
  /** Which of the version locations gets the file. */
  readonly versionPath?: string | undefined
}

/** What `revision` is told. */
export interface RevisionInput extends NewRevisionInput {
  /** Fill the script with what leads from the database to the target. */
  readonly autogenerate?: boolean | undefined
  /** With `autogenerate`: start from what the revisions make in an embedded PostgreSQL, without a database. */
  readonly replay?: boolean | undefined
  /** With `autogenerate`: what becomes of enum values that go, in words: `status.lost=open`. */
  readonly mappings?: readonly string[] | undefined
  /** With `autogenerate`: in forms that keep nobody out of a table for long; else what the config says. */
  readonly online?: boolean | undefined
  /** With `autogenerate`: renames in words, `users.nick=nickname`; `none`: whatever no words name is new. */
  readonly renames?: readonly string[] | undefined
  /** With `autogenerate`: is asked what new things were called before; without it they are new. */
  readonly askRename?: AskRename | undefined
  /** Write a script even when nothing has changed. */
  readonly allowEmpty?: boolean | undefined
  /** What it follows; the only head by default, `base` starts a line of its own. */
  readonly head?: string | undefined
  /** With `revisionEnvironment`: run `env.ts` offline. */
  readonly sql?: boolean | undefined
}

/** What `merge` is told. */
export interface MergeInput extends NewRevisionInput {
  /** What is joined, usually `heads`; none: every head there is. */
  readonly revisions: readonly string[]
  /** Run the branches in each order in scratch and compare; true by default. */
  readonly prove?: boolean | undefined
}

/** What `rebase` is told. */
export interface RebaseInput extends ProjectInput {
  /** One's own head; by default the only head that the database has not been moved to. */
  readonly revision?: string | undefined
  /** What it shall follow; the other head by default. */
  readonly onto?: string | undefined
}

/** What `upgrade` and `downgrade` are told. */
export interface MoveInput extends ProjectInput, TimeoutInput {
  /** An identifier; with `sql` also `from:to`. */
  readonly revision: string
  /** Give the SQL instead of running it. */
  readonly sql?: boolean | undefined
  /** A word for `env.ts`, which reads it with `context.getTagArgument()`. */
  readonly tag?: string | undefined
  /** All or nothing: refuse a run that has to commit on its way. */
  readonly atomic?: boolean | undefined
  /** How long to wait for another run on this database: `500ms`, `60s`, `2m`; `0`: not at all. */
  readonly waitLock?: string | undefined
}

/** What `upgrade` is told. */
export interface UpgradeInput extends Omit<MoveInput, 'revision'> {
  /** An identifier, `head` by default; with `sql` also `from:to`. */
  readonly revision?: string | undefined
}

/** What `downgrade` is told. */
export interface DowngradeInput extends MoveInput {
  /** Is asked before everything is undone; without it the loss is only reported. */
  readonly confirm?: ((loss: DowngradeLoss) => Promise<boolean>) | undefined
}

/** What a downgrade takes away. */
export interface DowngradeLoss {
  /** Which database, with the password masked. */
  readonly database: string
  /** How many revisions are undone. */
  readonly revisions: number
  /** Tables that go. */
  readonly tables: readonly LostRows[]
  /** Columns of tables that stay. */
  readonly columns: readonly LostRows[]
  /** Revisions whose downgrade has SQL or code of its own: what that takes away is not known. */
  readonly unknown: readonly string[]
}

/** A table with its rows, or a column with its values that are not NULL. */
export interface LostRows {
  /** `users`, `users.nick`. */
  readonly name: string
  /** Counted now; absent where they cannot be read. */
  readonly rows?: number | undefined
  /** It was too much to count. */
  readonly isAbout?: boolean | undefined
}

/** What `stamp` is told. */
export interface StampInput extends ProjectInput {
  /** Identifiers; with `sql` also `from:to`. */
  readonly revisions: readonly string[]
  /** Give the SQL instead of running it. */
  readonly sql?: boolean | undefined
  /** Empty the version table first. */
  readonly purge?: boolean | undefined
  /** Write no version rows, but take the scripts of these applied revisions as they are now. */
  readonly accept?: boolean | undefined
  /** A word for `env.ts`, which reads it with `context.getTagArgument()`. */
  readonly tag?: string | undefined
  /** How long to wait for another run on this database: `500ms`, `60s`, `2m`; `0`: not at all. */
  readonly waitLock?: string | undefined
}

/** What `history` is told. */
export interface HistoryInput extends ProjectInput {
  /** `start:end`, either of which may be left out. */
  readonly range?: string | undefined
  /** Ask the database and mark the revisions it is at. */
  readonly indicateCurrent?: boolean | undefined
  /** With what the ledger says of each revision, where the database is asked at all. */
  readonly ledger?: boolean | undefined
}

/** What `show` is told. */
export interface ShowInput extends ProjectInput {
  /** An identifier, or `current`. */
  readonly revision: string
  /** Ask the database too, for what the ledger says of each revision. */
  readonly ledger?: boolean | undefined
}

/** What `edit` is told. */
export interface EditInput extends ProjectInput {
  /** An identifier, or `current`. */
  readonly revision: string
  /** Starts the editor. */
  readonly runProgram: RunProgram
}

/** Hands the terminal to a program until it ends; says how it failed, undefined where it did not. */
export type RunProgram = (program: string, words: readonly string[]) => Promise<string | undefined>

/** What `current` is told. */
export interface CurrentInput extends ProjectInput {
  /** Fail unless the database is at every head. */
  readonly checkHeads?: boolean | undefined
  /** With what the ledger says of each revision. */
  readonly ledger?: boolean | undefined
}

/** What `heads` is told. */
export interface HeadsInput extends ProjectInput {
  /** Only revisions that nothing depends on either. */
  readonly resolveDependencies?: boolean | undefined
}

/** What `ensure-version` is told. */
export interface EnsureVersionInput extends ProjectInput {
  /** Give the SQL instead of running it. */
  readonly sql?: boolean | undefined
  /** How long to wait for another run on this database: `500ms`, `60s`, `2m`; `0`: not at all. */
  readonly waitLock?: string | undefined
}

/** What `doctor` is told. */
export type DoctorInput = ProjectInput

/** What `models` is told. */
export interface ModelsInput extends ProjectInput {
  /** The folder of the models, or with `singleFile` their file, relative to `cwd`; `src/models` by default. */
  readonly output?: string | undefined
  /** One file for all; `src/models.ts` by default. */
  readonly singleFile?: boolean | undefined
  /** Only these tables and views, and what they need: `users`, `auth.*`. */
  readonly tables?: readonly string[] | undefined
  /** Only these schemas, and what is needed by what is in them. */
  readonly schemas?: readonly string[] | undefined
  /** Replace files that say something else. */
  readonly force?: boolean | undefined
  /** Write nothing. */
  readonly dryRun?: boolean | undefined
}

/** What `branches` is told. */
export type BranchesInput = ProjectInput
/** What `list-templates` is told. */
export type ListTemplatesInput = ProjectInput
/** What `check` is told. */
export interface CheckInput extends ProjectInput {
  /** Compare with what the revisions make in an embedded PostgreSQL, without a database. */
  readonly replay?: boolean | undefined
  /** Renames in words: `users.nick=nickname`; `none`: whatever no words name is new. */
  readonly renames?: readonly string[] | undefined
}
