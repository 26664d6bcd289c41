/** What a statement may take long for: to get a lock, or in all. */
export type TimeoutName = 'lock' | 'statement'

export const timeoutNames: readonly TimeoutName[] = ['lock', 'statement']

/** How long statements may take, in milliseconds; 0: without end. What is absent stays as the session has it. */
export type Timeouts = { readonly [K in TimeoutName]?: number | undefined }

/** A timeout as a session has it. */
export interface SessionTimeout {
  /** 0: without end. */
  readonly milliseconds: number
  /** Who has set it, in words: the role, the connection. */
  readonly source: string
  /** Somebody has. */
  readonly isGiven: boolean
}

export type SessionTimeouts = Readonly<Record<TimeoutName, SessionTimeout>>

/** A session that keeps a statement waiting, as far as the role may see it. */
export interface Blocker {
  /** By which it can be ended; 0: no session, but a transaction that was prepared. */
  readonly pid: number
  /** The role that has logged in. */
  readonly user: string | null
  /** What it calls itself. */
  readonly application: string | null
  /** Where it is connected from; null on the server's own machine. */
  readonly address: string | null
  /** `active`, `idle in transaction`, … */
  readonly state: string | null
  /** When its transaction began, as ISO 8601. */
  readonly since: string | null
  /** The same in seconds ago. */
  readonly seconds: number | null
  /** The beginning of what it does or did last, without the values that are written in it. */
  readonly query: string | null
}

/** Why something was refused that may go through at the next try. */
export type PassingReason = 'lock' | 'deadlock' | 'conflict'

/** The SQL of timeouts. */
export interface TimeoutSql {
  /** What each is called in the database. */
  readonly settings: Readonly<Record<TimeoutName, string>>
  /** Sets them until the transaction ends, in one query: a row with the `pid` of the session that it is in. */
  inTransaction(timeouts: Timeouts): string
  /** Sets them until the transaction ends. */
  setLocal(timeouts: Timeouts): string[]
  /** Sets them for the session. */
  setSession(timeouts: Timeouts): string[]
  /** Gives them back what the session began with, in a transaction of a script of SQL. */
  resetLocal(names: readonly TimeoutName[]): string[]
  /** Gives them back what the session began with, in a script of SQL. */
  resetSession(names: readonly TimeoutName[]): string[]
  /**
   * Whether a statement's waiting keeps nobody from reading and writing rows, and to end it would leave
   * something half done.
   */
  waitsQuietly(sql: string): boolean
  /** Why a statement was refused, by the code of the refusal, if that may pass. */
  passingReason(code: string): PassingReason | undefined
  /** Whether a refusal says that a statement took too long. */
  isTooLong(code: string, message: string): boolean
}
