import type { Rename } from '../../operations/rename-words.ts'

/** A rename that may be meant, with what speaks for it. */
export interface RenameCandidate {
  readonly rename: Rename
  /** From 0 to 1: how much alike the two are. */
  readonly likeness: number
  /** In a few words each: `the same type`, `the names are close`. */
  readonly reasons: readonly string[]
}
