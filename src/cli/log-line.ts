import type { ErrorFields } from '../commands/results/error.ts'
import type { LogLevel } from '../config/config.ts'
import { redact } from '../credentials/secrets.ts'
import type { IndexBuild } from '../dialects/index-build.ts'
import type { Blocker, PassingReason } from '../dialects/timeouts.ts'
import type { LimbeckError } from '../errors.ts'
import type { StepDirection } from '../revisions/plan.ts'
import type { BackfillProgress } from '../runtime/backfill.ts'
import type { CommitBoundary } from '../runtime/commit-boundary.ts'
import type { RuntimeEvent } from '../runtime/events.ts'
import type { LockHolderFacts } from '../runtime/lock/lock-holder.ts'
import { eventText } from './event-text.ts'

/** What every line of the log has. */
interface Line<E extends string> {
  /** ISO 8601. */
  readonly time: string
  /** How important it is. */
  readonly level: LogLevel
  /** What has happened. */
  readonly event: E
  /** The same in words, as the log in text says it. */
  readonly message: string
}

/** Which database was reached. */
export interface ConnectedLine extends Line<'connected'> {
  /** Its URL, with the password masked. */
  readonly database: string
}

/** Which throw-away database is used. */
export interface ScratchLine extends Line<'scratch'> {
  /** Where it is: on the server, or embedded. */
  readonly kind: string
  /** That of its engine. */
  readonly version: string
  /** What people call it. */
  readonly name: string
}

/** The migration context is ready. */
export interface ContextLine extends Line<'context'> {
  /** The kind of database. */
  readonly dialect: string
  /** A rollback undoes changes of the schema. */
  readonly transactionalDdl: boolean
  /** SQL is written instead of run. */
  readonly offline: boolean
}

/** A run begins that has something to do. */
export interface RunLine extends Line<'run'> {
  /** How many revisions it runs. */
  readonly steps: number
  /** The version rows before; none at base. */
  readonly from: readonly string[]
  /** The version rows after. */
  readonly to: readonly string[]
}

/** A run has done everything. */
export interface RunDoneLine extends Line<'runDone'> {
  /** How many revisions it has run. */
  readonly steps: number
  /** How long it took. */
  readonly milliseconds: number
}

/** A revision begins. */
export interface StepLine extends Line<'step'> {
  /** Its id. */
  readonly revision: string
  /** Whether its upgrade or its downgrade runs, or only its row is written. */
  readonly direction: StepDirection
  /** The revisions before; none at base. */
  readonly from: readonly string[]
  /** The revisions after. */
  readonly to: readonly string[]
  /** The first paragraph of its docstring. */
  readonly revisionMessage: string
  /** Which of the revisions of the run it is, from 1. */
  readonly place?: number | undefined
  /** How many these are. */
  readonly of?: number | undefined
}

/** A revision is done; where the run is one transaction it is not committed yet. */
export interface StepDoneLine extends Line<'stepDone'> {
  /** Its id. */
  readonly revision: string
  /** How long it took. */
  readonly milliseconds: number
}

/** A statement is about to run. */
export interface StatementLine extends Line<'statement'> {
  /** Its text. */
  readonly sql: string
  /** What stands for `$1` and its like; only with `log: { parameters: true }`. */
  readonly parameters?: readonly unknown[] | undefined
}

/** The statement told of last is done. */
export interface StatementDoneLine extends Line<'statementDone'> {
  /** Its text. */
  readonly sql: string
  /** How long it took, with the way there and back. */
  readonly milliseconds: number
}

/** What is about to run cannot be one transaction. */
export interface PlanLine extends Line<'plan'> {
  /** It is committed before each of these. */
  readonly commits: readonly CommitBoundary[]
}

/** What was done so far is committed before the next statement. */
export interface CommitBoundaryLine extends Line<'commitBoundary'>, CommitBoundary {}

/** How far a backfill is. */
export interface BackfillLine extends Line<'backfill'>, BackfillProgress {
  /** The revision that it belongs to. */
  readonly revision: string
}

/** How far the server is with an index that takes longer. */
export interface IndexBuildLine extends Line<'indexBuild'>, IndexBuild {}

/** Another run holds the database. */
export interface LockWaitLine extends Line<'lockWait'> {
  /** Who holds it. */
  readonly holder: LockHolderFacts
  /** So far, in milliseconds. */
  readonly waited: number
  /** How long it is waited for, in milliseconds. */
  readonly limit: number
}

/** A statement waits for a lock that others hold. */
export interface BlockedLine extends Line<'blocked'> {
  /** Who holds it, or was there before. */
  readonly blockers: readonly Blocker[]
  /** So far, in milliseconds. */
  readonly waited: number
}

/** What others were in the way of was rolled back to the last commit, and is tried again. */
export interface RetryLine extends Line<'retry'> {
  /** `lock`: it got none in time; `conflict`: a serialization failure. */
  readonly reason: PassingReason
  /** Who was seen in the way. */
  readonly blockers: readonly Blocker[]
  /** How often it was tried. */
  readonly tries: number
  /** Since it failed first, in milliseconds. */
  readonly waited: number
  /** Until the next try, in milliseconds. */
  readonly pause: number
  /** How long it is tried again, in milliseconds. */
  readonly limit: number
}

/** Something takes time and says so. */
export interface ProgressLine extends Line<'progress'> {}

/** Something deserves a look. */
export interface WarningLine extends Line<'warning'> {
  /** For programs; which ones depends on the warning. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined
}

/** The command has failed; always the last line. */
export interface ErrorLine extends Line<'error'>, ErrorFields {
  /** The stack, with `--trace`. */
  readonly trace?: string | undefined
}

/** One line of the log with `--log-format json`. */
export type LogLine =
  | ConnectedLine
  | ScratchLine
  | ContextLine
  | RunLine
  | RunDoneLine
  | StepLine
  | StepDoneLine
  | StatementLine
  | StatementDoneLine
  | PlanLine
  | CommitBoundaryLine
  | BackfillLine
  | IndexBuildLine
  | LockWaitLine
  | BlockedLine
  | RetryLine
  | ProgressLine
  | WarningLine
  | ErrorLine

/** One event as one line of JSON. */
export function logLine(
  level: LogLevel,
  event: RuntimeEvent,
  showsParameters: boolean,
  at = new Date(),
): string {
  const { type } = event
  const message = eventText(event, showsParameters)
  const facts = factsOf(event, showsParameters)
  return JSON.stringify({ time: at.toISOString(), level, event: type, message, ...facts }, redacted)
}

/** The error as one line of the log. */
export function errorLine(
  { code, message, facts, hint, exitStatus }: LimbeckError,
  trace?: string | undefined,
): string {
  const line: ErrorLine = {
    time: new Date().toISOString(),
    level: 'error',
    event: 'error',
    code,
    message,
    facts,
    hint,
    exitStatus,
    trace,
  }
  return `${JSON.stringify(line, redacted)}\n`
}

/** What is told of an event beside its sentence; `message` of a step is that of its revision. */
function factsOf(event: RuntimeEvent, showsParameters: boolean): object {
  const { type: _, ...all } = event
  const { message, parameters, ...facts } = all as typeof all & {
    readonly message?: string
    readonly parameters?: readonly unknown[]
  }
  if (event.type === 'step') return { ...facts, revisionMessage: message }
  return showsParameters ? { ...facts, parameters } : facts
}

/** For `JSON.stringify`: masks passwords, and spells what JSON cannot. */
export function redacted(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  return typeof value === 'bigint' ? String(value) : value
}
