import type { LogSettings } from '../config/resolved-config.ts'
import type { IndexBuild } from '../dialects/index-build.ts'
import type { Blocker, PassingReason } from '../dialects/timeouts.ts'
import type { StepDirection } from '../revisions/plan.ts'
import type { BackfillProgress } from './backfill.ts'
import type { CommitBoundary } from './commit-boundary.ts'
import type { LockHolderFacts } from './lock/lock-holder.ts'

/** What happens while a command works, told to whoever listens; nothing here prints. */
export type RuntimeEvent =
  /** How the config wants what follows to be told. */
  | ({ readonly type: 'log' } & Omit<LogSettings, 'sql'>)
  /** Which database was reached; the password is masked. */
  | { readonly type: 'connected'; readonly database: string }
  /** Which throw-away database is used; `version` is that of its engine. */
  | {
      readonly type: 'scratch'
      readonly kind: string
      readonly version: string
      readonly name: string
    }
  /** The migration context is ready. */
  | {
      readonly type: 'context'
      readonly dialect: string
      readonly transactionalDdl: boolean
      readonly offline: boolean
    }
  /** A run begins that has something to do. `from` and `to` are the version rows; empty means base. */
  | {
      readonly type: 'run'
      readonly steps: number
      readonly from: readonly string[]
      readonly to: readonly string[]
    }
  /** It has done everything. */
  | { readonly type: 'runDone'; readonly steps: number; readonly milliseconds: number }
  /** A step begins. `from` and `to` are ids; empty means base. */
  | {
      readonly type: 'step'
      readonly revision: string
      readonly direction: StepDirection
      readonly from: readonly string[]
      readonly to: readonly string[]
      readonly message: string
      /** Which of the steps of the run it is, from 1. */
      readonly place?: number | undefined
      /** How many these are. */
      readonly of?: number | undefined
    }
  | { readonly type: 'stepDone'; readonly revision: string; readonly milliseconds: number }
  /** A statement is about to run. `isShown: false`: nobody has asked to see it. */
  | {
      readonly type: 'statement'
      readonly sql: string
      readonly parameters: readonly unknown[]
      readonly isShown?: false | undefined
    }
  /** The statement told of last is done. */
  | {
      readonly type: 'statementDone'
      readonly sql: string
      readonly milliseconds: number
      readonly isShown?: false | undefined
    }
  /** What is about to run cannot be one transaction: it is committed before each of these. */
  | { readonly type: 'plan'; readonly commits: readonly CommitBoundary[] }
  /** What was done so far is committed before the next statement. */
  | ({ readonly type: 'commitBoundary' } & CommitBoundary)
  /** How far a backfill is. */
  | ({ readonly type: 'backfill'; readonly revision: string } & BackfillProgress)
  /** How far the server is with an index. `isShown: false`: that was told a moment ago. */
  | ({ readonly type: 'indexBuild'; readonly isShown?: false | undefined } & IndexBuild)
  /** Another run holds the database. `waited` so far, and `limit`, are milliseconds. */
  | {
      readonly type: 'lockWait'
      readonly message: string
      readonly holder: LockHolderFacts
      readonly waited: number
      readonly limit: number
    }
  /** A statement waits for a lock that others hold; `waited` so far is milliseconds. */
  | {
      readonly type: 'blocked'
      readonly message: string
      readonly blockers: readonly Blocker[]
      readonly waited: number
    }
  /**
   * What failed for a reason that passes was rolled back to the last commit, and is tried again after
   * `pause`. `waited` since it failed first, `pause` and `limit` are milliseconds.
   */
  | {
      readonly type: 'retry'
      readonly message: string
      readonly reason: PassingReason
      /** Who was seen in the way. */
      readonly blockers: readonly Blocker[]
      readonly tries: number
      readonly waited: number
      readonly pause: number
      readonly limit: number
    }
  /** Something takes time and says so. */
  | { readonly type: 'progress'; readonly message: string }
  /** Something deserves a look. `facts` are for programs: the sentence says the same. */
  | {
      readonly type: 'warning'
      readonly message: string
      readonly facts?: Readonly<Record<string, unknown>> | undefined
    }

/** Is told what happens; `at` where it is told later than it happened. */
export type Report = (event: RuntimeEvent, at?: Date) => void
