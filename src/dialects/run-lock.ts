import type { QualifiedName } from '../schema/index.ts'

/** What a try to take the lock of a run gives. */
export interface TriedRunLock {
  /** What the database knows the lock by. */
  readonly key: string
  /** Null: the session is not ours alone, and a lock of it would be anybody's. */
  readonly isHeld: boolean | null
}

/** Who holds the lock of a run, as far as the database tells. */
export interface RunLockHolder {
  /** The session's number, by which it can be ended. */
  readonly pid: number
  /** Its role. */
  readonly user: string | null
  /** What it calls itself. */
  readonly application: string | null
  /** Where it is connected from; null on the server's own machine. */
  readonly address: string | null
  /** When it began, as ISO 8601. */
  readonly since: string | null
  /** The same in seconds ago. */
  readonly seconds: number | null
}

/** The session that a lock is tried in. */
export interface RunLockSession {
  /** What the database called the session when it was opened. */
  readonly id: number | undefined
  readonly serverVersion: number
  /** Its settings may be changed, so that the server soon notices when whoever opened it is gone. */
  readonly maySet: boolean
}

/**
 * The SQL of the lock that keeps a second run from a version table. It is only ever tried, never waited
 * for in the database, and goes with whoever holds it.
 */
export interface RunLockSql {
  /** What the lock of a version table is known by, as an expression. */
  key(table: QualifiedName): string
  /** Tries to take it for the session, unless a pooler lends that to others: a row of `TriedRunLock`. */
  takeForSession(key: string, session: RunLockSession): string
  /** Tries to take it until the transaction ends: a row of `TriedRunLock`. */
  takeForTransaction(key: string): string
  /** Begins a transaction that may stay open without standing in the way of anything. */
  readonly beginQuietly: string
  /** Lets a transaction stay open however long nothing happens in it, and names who has it. */
  keepOpen(application: string, serverVersion: number): string
  /** Gives up what was taken for the session. */
  release(key: string): string
  /** Who holds it: rows of `RunLockHolder`. */
  holders(key: string): string
}
