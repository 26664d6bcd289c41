import type { Connection, Dialect } from '../../dialects/dialect.ts'
import type {
  SessionTimeout,
  SessionTimeouts,
  TimeoutName,
  TimeoutSql,
  Timeouts,
} from '../../dialects/timeouts.ts'
import type { Transaction } from '../transaction.ts'
import type { ChosenTimeout, ChosenTimeouts } from './chosen.ts'
import type { AroundTimeouts } from './operation-timeouts.ts'

/** How long the statements of a run may take, and what is done where they take longer. */
export interface RunLimits {
  readonly sql: TimeoutSql
  /** What is set; what is absent stays as the session has it. */
  readonly timeouts: Timeouts
  /** What holds for an operation that says nothing of its own, and where that comes from. */
  readonly inForce: Readonly<Record<TimeoutName, ChosenTimeout>>
  /** What the session had before. */
  readonly found: Timeouts
  /** How long what got no lock is tried again, in milliseconds. */
  readonly retry: number
}

export interface LimitedSession {
  readonly dialect: Dialect
  readonly connection?: Connection | undefined
  readonly transaction?: Transaction | undefined
  readonly timeouts: ChosenTimeouts
}

/**
 * How long a statement waits for a lock where nobody says anything, in milliseconds. Whoever comes later
 * waits as long; and an autovacuum in the way gives way only after `deadlock_timeout`, a second.
 */
export const usualLockTimeout = 3000

/**
 * The limits of a run on a session whose timeouts were found to be these; undefined where nobody else can
 * be kept waiting, and in a transaction of the application's, for which they would go on.
 */
export function limitsOf(
  { dialect, connection, transaction, timeouts: chosen }: LimitedSession,
  found: SessionTimeouts | undefined,
): RunLimits | undefined {
  const { timeouts: sql } = dialect
  const isAlone = connection === undefined || connection.kind === 'embedded'
  if (sql === undefined || found === undefined || isAlone || transaction?.isForeign)
    return undefined
  const usual = { milliseconds: usualLockTimeout, from: "limbeck's default" }
  const lock = chosen.lock ?? (found.lock.isGiven ? undefined : usual)
  const { statement } = chosen
  return {
    sql,
    timeouts: { lock: lock?.milliseconds, statement: statement?.milliseconds },
    inForce: {
      lock: lock ?? foundAs(found.lock),
      statement: statement ?? foundAs(found.statement),
    },
    found: { lock: found.lock.milliseconds, statement: found.statement.milliseconds },
    retry: chosen.retry,
  }
}

/** Has the transactions that begin from now on set the timeouts of a run, or those of an operation over them. */
export function limitTransactions(
  transaction: Transaction,
  { sql, timeouts }: RunLimits,
  own: Timeouts = {},
): void {
  const lock = own.lock ?? timeouts.lock
  const statement = own.statement ?? timeouts.statement
  transaction.beginWith('timeouts', sql.inTransaction({ lock, statement }))
}

/** What holds in the transactions of a run, for operations with timeouts of their own. */
export const aroundOf = (limits: RunLimits | undefined): AroundTimeouts | undefined =>
  limits && {
    sql: limits.sql,
    around: {
      lock: limits.inForce.lock.milliseconds,
      statement: limits.inForce.statement.milliseconds,
    },
  }

const foundAs = ({ milliseconds, source }: SessionTimeout): ChosenTimeout => ({
  milliseconds,
  from: `set by ${source}`,
})
