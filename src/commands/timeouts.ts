import type { MigrationSession } from '../runtime/migration-session.ts'
import type { ChosenTimeout } from '../runtime/timeouts/chosen.ts'
import { durationOption } from './duration-option.ts'

/** How long the statements of a run may take, in words: `500ms`, `3s`, `10m`; `0`: without end. */
export interface TimeoutInput {
  /** How long a statement waits for a lock; by default what the role or the URL sets, else 3s. */
  readonly lockTimeout?: string | undefined
  /** How long a statement takes at most; by default what the role or the URL sets. */
  readonly statementTimeout?: string | undefined
  /** How long what got no lock is tried again, 2m by default; `0`: not at all. */
  readonly lockRetry?: string | undefined
}

/** A session whose statements take as long as the command was told; else as `env.ts` or the config say. */
export function timedBy(input: TimeoutInput, session: MigrationSession): MigrationSession {
  const { timeouts } = session
  return {
    ...session,
    timeouts: {
      lock: told('--lock-timeout', input.lockTimeout) ?? timeouts.lock,
      statement: told('--statement-timeout', input.statementTimeout) ?? timeouts.statement,
      retry: durationOption('--lock-retry', input.lockRetry) ?? timeouts.retry,
    },
  }
}

function told(option: string, text: string | undefined): ChosenTimeout | undefined {
  const milliseconds = durationOption(option, text)
  return milliseconds === undefined ? undefined : { milliseconds, from: option }
}
