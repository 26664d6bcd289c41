import type { FindingStatus } from '../../dialects/health.ts'

/** What `doctor` found. */
export interface DoctorResult {
  /** In the order of the page. */
  readonly findings: readonly DoctorFinding[]
  /** How many findings there are of each status. */
  readonly counts: DoctorCounts
  /** Nothing is a problem. */
  readonly isHealthy: boolean
}

/** How many findings there are of each status. */
export interface DoctorCounts {
  /** All is well. */
  readonly ok: number
  /** Worth knowing. */
  readonly note: number
  /** It will keep limbeck from its work one day, or costs something now. */
  readonly warning: number
  /** It keeps limbeck from its work. */
  readonly problem: number
}

/** What looking at one thing has shown. */
export interface DoctorFinding {
  /** What was looked at, in a word or two: `version table`. */
  readonly check: string
  /** How serious it is: a problem keeps limbeck from its work, a warning will one day. */
  readonly status: FindingStatus
  /** In one sentence. */
  readonly message: string
  /** What to do about it: a command, a statement or a sentence. */
  readonly fix?: string | undefined
  /** Which database it is about, with the password masked; absent where it is about the project. */
  readonly database?: string | undefined
}
