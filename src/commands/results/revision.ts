import type { FoundRename } from '../../autogenerate/renames/answers.ts'
import type { ReplayResult, ScratchResult } from './comparison.ts'

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

/** What `edit` opened. */
export interface EditResult {
  /** The files that were opened, absolute. */
  readonly paths: readonly string[]
}
