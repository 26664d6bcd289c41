import type { Connection, OnResult } from '../dialects/dialect.ts'
import { expectGoingOn, spared } from '../dialects/interruptible-connection.ts'
import { LimbeckError } from '../errors.ts'
import { expectTransaction } from './keep-transaction.ts'

/** The transaction that a connection's work is done in: begun, committed and begun again as it demands. */
export class Transaction {
  readonly #connection: Connection
  /** Nothing is begun where the run was told to end; what is begun can be ended all the same. */
  readonly #expectGoingOn: () => void
  #isOpen = false
  #isHeld = false
  /** What failed inside a block that goes on nevertheless. */
  #failure: { readonly error: unknown } | undefined
  /** What has to hold before anything is begun or committed, by name. */
  readonly #guards = new Map<string, () => Promise<void>>()
  /** What is sent together with each BEGIN, by name. */
  readonly #companions = new Map<string, string>()
  #sessionId: number | undefined
  /** What waits until nothing is open. */
  readonly #endings: (() => Promise<unknown>)[] = []

  constructor(connection: Connection) {
    this.#connection = spared(connection)
    this.#expectGoingOn = () => expectGoingOn(connection)
  }

  /** Somebody else has begun one on the connection: it is theirs to end. */
  get isForeign(): boolean {
    return !this.#isOpen && (this.#connection.isInTransaction?.() ?? false)
  }

  /** Nothing is open, and what is begun now is for the run alone to end. */
  get isFree(): boolean {
    return !(this.#isOpen || this.#isHeld || this.isForeign)
  }

  /** What is open is the run's alone, and may be taken back by it. */
  get isOwn(): boolean {
    return !(this.#isHeld || this.isForeign)
  }

  /** The session of the server that an open transaction is in, where a companion of its BEGIN has asked for the `pid`. */
  get sessionId(): number | undefined {
    return this.#isOpen ? this.#sessionId : undefined
  }

  /** Has nothing begun or committed where `expect` throws. */
  guard(name: string, expect: () => Promise<void>): void {
    this.#guards.set(name, expect)
  }

  isGuarded(name: string): boolean {
    return this.#guards.has(name)
  }

  unguard(name: string): void {
    this.#guards.delete(name)
  }

  /** Has a statement sent together with each BEGIN from now on; undefined: no more. */
  beginWith(name: string, sql: string | undefined): void {
    if (sql === undefined) this.#companions.delete(name)
    else this.#companions.set(name, sql)
  }

  async #expectGuarded(): Promise<void> {
    for (const expect of this.#guards.values()) await expect()
  }

  /** Does something as soon as nothing is open that a run has to do with. */
  async whenFree(act: () => Promise<unknown>): Promise<void> {
    if (this.#isHeld) this.#endings.push(act)
    else await act()
  }

  /** Begins one, unless one is open. */
  async begin(): Promise<void> {
    this.#expectGoingOn()
    if (this.#isOpen || this.isForeign) return
    await this.#expectGuarded()
    const companions = [...this.#companions.values()]
    if (companions.length === 0) await this.#connection.query('BEGIN')
    else await this.#connection.executeAll(['BEGIN', ...companions], this.#takeSession)
    this.#isOpen = true
  }

  readonly #takeSession: OnResult = ({ rows: [row] }) => {
    if (typeof row?.pid === 'number') this.#sessionId = row.pid
  }

  /** Commits what is open. Where that fails nothing is open either. */
  async commit(): Promise<void> {
    if (!this.#isOpen) return
    await this.#expectGuarded()
    this.#isOpen = false
    await this.#connection.query('COMMIT')
  }

  /** Refuses what needs a commit where none is possible. */
  expectOwn(sql: string): void {
    if (!this.isForeign) return
    throw new LimbeckError(
      'TRANSACTION_SHARED',
      `The connection was given inside a transaction, which limbeck may not commit, and this needs a commit before it: ${sql}`,
      {
        facts: { statement: sql },
        hint: 'Give limbeck the connection before the transaction of the application begins.',
      },
    )
  }

  /** A run has done all its work: commits, unless a block around it goes on. */
  async finish(): Promise<void> {
    if (!this.#isHeld) await this.commit()
  }

  /** A run has failed: takes back what is open, unless a block around it has to end first. */
  async abandon(error: unknown): Promise<void> {
    if (this.#isHeld) this.#failure ??= { error }
    else await this.rollback()
  }

  /** Does several things in one transaction: committed at their end, rolled back where one of them failed. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isHeld || this.isForeign) return work()
    await this.begin()
    this.#isHeld = true
    try {
      const result = await work()
      await this.#expectWhole()
      await this.commit()
      return result
    } catch (error) {
      await this.rollback()
      throw error
    } finally {
      this.#isHeld = false
      this.#failure = undefined
      for (const act of this.#endings.splice(0)) await act()
    }
  }

  /** COMMIT is no error in a transaction that has failed, but rolls it back. */
  async #expectWhole(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error
    if (this.#isOpen)
      await expectTransaction(() => this.#connection.query('SAVEPOINT limbeck_block'))
  }

  /** Takes back what is open. A connection that is gone has been rolled back by its server. */
  async rollback(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#connection.query('ROLLBACK').catch(() => undefined)
  }
}
