import type { StepDirection } from '../../revisions/plan.ts'

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
