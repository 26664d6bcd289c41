import type { RevisionLine } from './revision-line.ts'

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
