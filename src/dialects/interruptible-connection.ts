import { performance } from 'node:perf_hooks'
import { DatabaseError } from './database-error.ts'
import type { Connection, OnResult, QueryBuilders, QueryResult } from './dialect.ts'
import { reasonWords, whenTold } from './interruption.ts'

/** A statement that was not sent any more, or that the database was told to give up. */
export class StatementInterrupted extends DatabaseError {
  /** What the signal was given with. */
  readonly reason: unknown

  constructor(
    { reason }: AbortSignal,
    { sql, statementIndex }: Pick<DatabaseError, 'sql' | 'statementIndex'>,
  ) {
    const facts = { code: 'INTERRUPTED', sql, statementIndex, cause: reason }
    super(`interrupted${reasonWords(reason)}`, facts)
    this.reason = reason
  }
}

/** The SQLSTATE of a statement that somebody has cancelled. */
const canceled = '57014'

/** In milliseconds. */
const times = { betweenCancels: 500, patience: 10_000, endOfCode: 1000 }

/**
 * A connection whose work ends when a signal is given: no statement is sent any more, and the one that the
 * database is busy with is cancelled there. What has to be done all the same, such as a rollback, is done
 * on the connection inside, which `spared` gives.
 */
export class InterruptibleConnection implements Connection {
  readonly inside: Connection
  readonly dialect: Connection['dialect']
  readonly kind: Connection['kind']
  readonly serverVersion: number
  readonly together?: NonNullable<Connection['together']>
  readonly openBeside?: NonNullable<Connection['openBeside']>
  readonly isPooled?: NonNullable<Connection['isPooled']>
  readonly isInTransaction?: NonNullable<Connection['isInTransaction']>
  readonly cancel?: NonNullable<Connection['cancel']>
  readonly #signal: AbortSignal
  /** How much is waited for that can be cancelled. */
  #running = 0
  /** How much of it is given time. */
  #patient = 0
  #toldAt = 0
  #timer: NodeJS.Timeout | undefined
  #cancelling: Promise<void> | undefined

  constructor(inside: Connection, signal: AbortSignal) {
    this.inside = inside
    this.#signal = signal
    this.dialect = inside.dialect
    this.kind = inside.kind
    this.serverVersion = inside.serverVersion
    // What the one inside does not have, this one does not either.
    if (inside.together) this.together = work => inside.together!(work)
    if (inside.openBeside) this.openBeside = name => inside.openBeside!(name)
    if (inside.isPooled) this.isPooled = () => inside.isPooled!()
    if (inside.isInTransaction) this.isInTransaction = () => inside.isInTransaction!()
    if (inside.cancel) this.cancel = () => inside.cancel!()
    signal.addEventListener('abort', this.#stop)
  }

  get driver(): unknown {
    return this.inside.driver
  }

  get applicationName(): string | undefined {
    return this.inside.applicationName
  }

  get sessionId(): number | undefined {
    return this.inside.sessionId
  }

  get builders(): QueryBuilders | undefined {
    return this.inside.builders
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<T>> {
    return this.#run(sql, () => this.inside.query<T>(sql, parameters))
  }

  executeAll(statements: readonly string[], onResult?: OnResult): Promise<void> {
    return this.#run(statements[0], () => this.inside.executeAll(statements, onResult), 0)
  }

  queryAll(queries: readonly string[], onResult?: OnResult) {
    return this.#run(queries[0], () => this.inside.queryAll(queries, onResult), 0)
  }

  async close(): Promise<void> {
    await this.leave()
    await this.inside.close()
  }

  /** Heeds the signal no more; nothing that comes afterwards is cancelled by what was sent before. */
  async leave(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop)
    clearInterval(this.#timer)
    await this.#cancelling
  }

  /** Throws where the signal was given. */
  expectGoingOn(): void {
    if (this.#signal.aborted) throw new StatementInterrupted(this.#signal, nowhere)
  }

  /** Lets `work` come to its end, unless that takes too long. */
  async patiently<T>(work: () => Promise<T>): Promise<T> {
    this.#patient++
    try {
      return await work()
    } finally {
      this.#patient--
    }
  }

  /** Runs code that may send statements by itself, and may wait for other things, for a moment after the signal. */
  async untilStopped<T>(code: () => Promise<T>): Promise<T> {
    const { told, forget } = whenTold(this.#signal, times.endOfCode)
    try {
      return await this.#run(undefined, () => Promise.race([code(), told]))
    } catch (error) {
      const isStopped = this.#signal.aborted && this.#patient === 0
      throw isStopped ? new StatementInterrupted(this.#signal, nowhere) : error
    } finally {
      forget()
    }
  }

  async #run<T>(
    sql: string | undefined,
    work: () => Promise<T>,
    statementIndex?: number,
  ): Promise<T> {
    if (this.#signal.aborted && this.#patient === 0)
      throw new StatementInterrupted(this.#signal, { sql, statementIndex })
    this.#running++
    try {
      return await work()
    } catch (error) {
      const isCut = this.#signal.aborted && error instanceof DatabaseError
      throw isCut && error.code === canceled ? new StatementInterrupted(this.#signal, error) : error
    } finally {
      this.#running--
      if (this.#cancelling !== undefined) await this.#cancelling
    }
  }

  readonly #stop = (): void => {
    this.#toldAt = performance.now()
    this.#cancelRunning()
    // What was sent and had not yet begun is not cancelled by the first request.
    this.#timer = setInterval(this.#cancelRunning, times.betweenCancels).unref()
  }

  readonly #cancelRunning = (): void => {
    const isGivenTime = this.#patient > 0 && performance.now() - this.#toldAt < times.patience
    if (this.#running === 0 || isGivenTime || this.#cancelling !== undefined) return
    this.#cancelling = this.inside.cancel?.().then(this.#hasCancelled, this.#hasCancelled)
  }

  readonly #hasCancelled = (): void => {
    this.#cancelling = undefined
  }
}

const nowhere = { sql: undefined, statementIndex: undefined }

/** A connection that ends its work with the signal, where there is one. */
export function interruptible(connection: Connection, signal: AbortSignal | undefined): Connection {
  return signal === undefined ? connection : new InterruptibleConnection(connection, signal)
}

/** What the connection is used for afterwards is nothing that the signal ends. */
export async function heedNoMore(connection: Connection): Promise<void> {
  if (connection instanceof InterruptibleConnection) await connection.leave()
}

/** The connection for what has to be done even though the run was told to end. */
export const spared = (connection: Connection): Connection =>
  connection instanceof InterruptibleConnection ? connection.inside : connection

/** Throws where what the connection is used for was told to end. */
export function expectGoingOn(connection: Connection): void {
  if (connection instanceof InterruptibleConnection) connection.expectGoingOn()
}

/** Lets work on a connection come to its end, unless that takes too long. */
export function patiently<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  return connection instanceof InterruptibleConnection ? connection.patiently(work) : work()
}

/** Runs code of the project that uses a connection, and does not wait for it for long after the signal. */
export function untilStopped<T>(connection: Connection, code: () => Promise<T>): Promise<T> {
  return connection instanceof InterruptibleConnection ? connection.untilStopped(code) : code()
}
