import type { Dialect } from '../dialects/dialect.ts'
import type { Operation } from '../operations/operation.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import type { Comparison } from './compare.ts'

/** A script as it was rendered, loaded and recorded again. */
export interface RecordedProposal {
  readonly upgrade: readonly Operation[]
  readonly downgrade: readonly Operation[]
}

/** Several scripts as one: their upgrades in order, and their downgrades the other way round. */
export function joined(scripts: readonly RecordedProposal[]): RecordedProposal {
  return {
    upgrade: scripts.flatMap(script => script.upgrade),
    downgrade: scripts.toReversed().flatMap(script => script.downgrade),
  }
}

/** Where a proposal is tried, and what it starts from and leads to. */
export interface Rehearsal {
  readonly dialect: Dialect
  readonly scratch: ScratchDatabase
  readonly comparison: Comparison
  /** A hook of env.ts has changed the operations, so that they need not reach the target. */
  readonly isEdited: boolean
}

/** What to do about a proposal that is not proved. */
export const proofHint = ({ isEdited, comparison }: Rehearsal): string => {
  if (isEdited)
    return 'Correct `processRevisionDirectives` in env.ts, which has changed the operations.'
  if (comparison.isFiltered)
    return 'What the filters in env.ts leave out may be needed by what they let through: leave out both, or neither.'
  return 'This is a defect of limbeck. Write this revision by hand (`limbeck revision -m …`), and report the two schemas.'
}
