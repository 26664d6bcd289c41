import type { ComparisonInHand } from '../autogenerate/with-comparison.ts'
import { usedScratch } from '../scratch/used-scratch.ts'
import type { CheckDatabase } from './results/check.ts'

/** Where a comparison was made, as results say it. */
export type ComparisonGround = Pick<CheckDatabase, 'scratch' | 'replay'>

export function groundOf({ scratch, replayed }: ComparisonInHand): ComparisonGround {
  return {
    ...(scratch.opened && { scratch: usedScratch(scratch.opened) }),
    ...(replayed && {
      replay: { revisions: replayed.revisions, notCalled: replayed.leftOut },
    }),
  }
}
