import type { LogSettings } from '../config/resolved-config.ts'
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
  /** Another run holds the database. `waited` so far, and `limit`, are milliseconds. */
  | {
      readonly type: 'lockWait'
      readonly message: string
      readonly holder: LockHolderFacts
      readonly waited: number
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
