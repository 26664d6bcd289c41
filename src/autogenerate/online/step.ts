import type { Operation } from '../../operations/operation.ts'

/**
 * Where a step runs. `inside`: in the transaction of its revision, with others that are done at once.
 * `backfill`: in batches of its own. `outside`: for as long as it takes, while the table is written to.
 */
export const stages = ['inside', 'backfill', 'outside'] as const

export type Stage = (typeof stages)[number]

/** A step of a change that is made online. */
export interface Step {
  readonly operation: Operation
  readonly stage: Stage
  /** What it is about, for the message of its revision; absent: a plain change. */
  readonly about?: string | undefined
}

/** How a change is made without keeping others out for long. */
export interface OnlineForm {
  readonly steps: readonly Step[]
  /** Why it, or a part of it, has to be made in the plain way, in a sentence. */
  readonly note?: string | undefined
}

/** The change as it stands. */
export function plain(operation: Operation, note?: string): OnlineForm {
  return { steps: [{ operation, stage: 'inside' }], note }
}

/** A step that is committed by itself, so that its locks are gone at once. */
export function alone(operation: Operation, about: string, stage: Stage = 'outside'): Step {
  return { operation: { ...operation, autocommit: true }, stage, about }
}
