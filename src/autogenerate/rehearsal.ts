import type { Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import type { Comparison } from './compare.ts'

/** A script as it was rendered, loaded and recorded again. */
export interface RecordedProposal {
  readonly upgrade: readonly Operation[]
  readonly downgrade: readonly Operation[]
}

/** Where a proposal is tried, and what it starts from and leads to. */
export interface Rehearsal {
  readonly dialect: Dialect
  readonly scratch: ScratchDatabase
  readonly comparison: Comparison
}

/** What to do about a proposal that is not proved. */
export const proofHint =
  'This is a defect of limbeck. Write this revision by hand (`limbeck revision -m …`), and report the two schemas.'
