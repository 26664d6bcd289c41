import type { ProjectInput } from '../environment/project.ts'

export interface InitInput {
  /** Where the script directory is made; the process's folder by default. */
  readonly cwd?: string | undefined
  /** The config file to write; `limbeck.config.ts` in `cwd` by default. */
  readonly config?: string | undefined
  /** The script directory, relative to `cwd`; `migrations` by default. */
  readonly directory?: string | undefined
  readonly template?: string | undefined
  /** Set the project up with a PostgreSQL of its own, in a folder. */
  readonly embedded?: boolean | undefined
}

export interface RevisionInput extends ProjectInput {
  readonly message?: string | undefined
  /** Fill the script with what leads from the database to the target. */
  readonly autogenerate?: boolean | undefined
  readonly revId?: string | undefined
  /** Write a script even when nothing has changed. */
  readonly allowEmpty?: boolean | undefined
}

export interface MoveInput extends ProjectInput {
  /** An identifier; with `sql` also `from:to`. */
  readonly revision: string
  /** Give the SQL instead of running it. */
  readonly sql?: boolean | undefined
}

export type UpgradeInput = MoveInput
export type DowngradeInput = MoveInput

export interface StampInput extends ProjectInput {
  readonly revisions: readonly string[]
  readonly sql?: boolean | undefined
  /** Empty the version table first. */
  readonly purge?: boolean | undefined
}

export interface HistoryInput extends ProjectInput {
  /** `start:end`, either of which may be left out. */
  readonly range?: string | undefined
  /** Ask the database and mark the revisions it is at. */
  readonly indicateCurrent?: boolean | undefined
}

export interface ShowInput extends ProjectInput {
  readonly revision: string
}

export type CurrentInput = ProjectInput
export type HeadsInput = ProjectInput
export type CheckInput = ProjectInput
