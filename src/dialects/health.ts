import type { QualifiedName } from '../schema/index.ts'
import type { Connection } from './dialect.ts'
import type { Situation } from './situation.ts'

/** How serious a finding is: a problem keeps limbeck from its work, a warning will one day. */
export type FindingStatus = 'ok' | 'note' | 'warning' | 'problem'

/** What looking at one thing has shown. */
export interface Verdict {
  readonly status: FindingStatus
  /** In one sentence. */
  readonly message: string
  /** What to do about it: a command, a statement or a sentence. */
  readonly fix?: string | undefined
}

/** What is looked at in a database. */
export interface HealthQuestion {
  readonly situation: Situation
  readonly versionTable: QualifiedName
  readonly ledger: QualifiedName
  /** What scripts and target create or need, by name. */
  readonly extensions: readonly string[]
}

/** One thing that can be looked at in a database; it changes nothing. */
export interface HealthCheck {
  /** What is looked at, in a word or two: `time zone`. */
  readonly check: string
  run(connection: Connection, question: HealthQuestion): Promise<readonly Verdict[]>
}
