import { hostname } from 'node:os'
import type { Connection } from '../../dialects/dialect.ts'
import type { RunLockSql, TriedRunLock } from '../../dialects/run-lock.ts'
import { LimbeckError, messageOf } from '../../errors.ts'

/** In milliseconds: less than any idle timeout that somebody would set. */
const betweenSigns = 2000

/**
 * A session beside that of the run, which holds the lock in a transaction of its own: behind a pooler
 * only an open transaction has a session of the server to itself.
 */
export class LockSession {
  readonly #connection: Connection
  readonly #sql: RunLockSql
  readonly #key: string
  #name = `limbeck@${hostname()}`
  #timer: NodeJS.Timeout | undefined
  #loss: unknown

  private constructor(connection: Connection, sql: RunLockSql, key: string) {
    this.#connection = connection
    this.#sql = sql
    this.#key = key
  }

  /** Opens one to the database of a connection. */
  static async open(beside: Connection, sql: RunLockSql, key: string): Promise<LockSession> {
    try {
      const connection = await beside.openBeside!('limbeck')
      return new LockSession(connection, sql, key)
    } catch (error) {
      throw unavailable(error)
    }
  }

  /** Tries to take the lock; until it is given up the transaction stays open. */
  async take(): Promise<boolean> {
    const take = this.#sql.takeForTransaction(this.#key)
    const answers = await this.#connection.queryAll([this.#sql.beginQuietly, take, this.#sign])
    const tried = answers[1]!.rows[0] as unknown as TriedRunLock
    if (tried.isHeld) this.#giveSigns()
    else await this.#connection.query('ROLLBACK')
    return tried.isHeld === true
  }

  get #sign(): string {
    return this.#sql.keepOpen(this.#name, this.#connection.serverVersion)
  }

  /** Poolers, too, end what idles; the same sign tells others how far the run is. */
  #giveSigns(): void {
    let isAsking = false
    this.#timer = setInterval(async () => {
      if (isAsking) return
      isAsking = true
      await this.#ask()
      isAsking = false
    }, betweenSigns).unref()
  }

  async #ask(): Promise<void> {
    try {
      await this.#connection.query(this.#sign)
    } catch (error) {
      this.#loss ??= error
      clearInterval(this.#timer)
    }
  }

  /** Says which revision the run is at. */
  tell(revision: string): void {
    this.#name = `limbeck:${revision}@${hostname()}`
  }

  /** Refuses to go on where the lock is gone. */
  readonly expectHeld = async (): Promise<void> => {
    if (this.#loss === undefined) await this.#ask()
    if (this.#loss !== undefined) throw lost(this.#loss)
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    // A pooler would throw away a session that is left in a transaction.
    await this.#connection.query('ROLLBACK').catch(() => undefined)
    await this.#connection.close().catch(() => undefined)
  }
}

const unavailable = (error: unknown): LimbeckError =>
  new LimbeckError(
    'RUN_LOCK_UNAVAILABLE',
    `Behind a pooler the lock of a run needs a second connection, and none can be opened: ${messageOf(error)}. Nothing was done.`,
    {
      hint: 'Let the pooler take one more connection, give limbeck the URL of the server itself, or hand it a connection inside a transaction.',
      cause: error,
    },
  )

const lost = (error: unknown): LimbeckError =>
  new LimbeckError(
    'RUN_LOCK_LOST',
    `The lock of this run is gone, and another run may have begun: the connection that held it has ended (${messageOf(error)}).`,
    {
      hint: 'Run the command again: it goes on from what the database holds. Where a pooler ends connections after a while (idle_transaction_timeout, query_timeout), give limbeck the URL of the server itself.',
      cause: error,
    },
  )
