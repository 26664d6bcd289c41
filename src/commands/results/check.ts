import type { FoundRename } from '../../autogenerate/renames/answers.ts'
import type { EditedScript } from '../../runtime/edited-scripts.ts'
import type { ReplayResult, ScratchResult } from './comparison.ts'

/** Where one database differs from the target. */
export interface CheckDatabase {
  /** Which database, with the password masked. */
  readonly database: string
  /** What `revision --autogenerate` would write, in order. */
  readonly pending: readonly PendingChange[]
  /** Renames that it would make, and those that may be meant. */
  readonly renames: readonly FoundRename[]
  /** Objects that are there and cannot be modelled yet, by kind and name. */
  readonly notModelled: readonly string[]
  /** Scripts that were edited after they had been applied; with `--replay` none. */
  readonly edited: readonly EditedScript[]
  /** Where it was compared. */
  readonly scratch?: ScratchResult | undefined
  /** For `--replay`: what the target was compared with. */
  readonly replay?: ReplayResult | undefined
}

/** What `check` found; where `env.ts` runs for several databases, `pending` and `notModelled` are those of all. */
export interface CheckResult extends CheckDatabase {
  /** Every database, in the order of `env.ts`; only where there are several. */
  readonly databases?: readonly CheckDatabase[] | undefined
}

/** A change that no revision has yet. */
export interface PendingChange {
  /** The kind of operation: `addColumn`. */
  readonly kind: string
  /** In one line, as `describe` puts it. */
  readonly description: string
}
