import type { Connection } from '../dialects/dialect.ts'

/** The transaction around a run: begun, committed and begun again as the plan demands. */
export class Transaction {
  readonly #connection: Connection
  #isOpen = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Begins one, unless one is open. */
  async begin(): Promise<void> {
    if (this.#isOpen) return
    await this.#connection.query('BEGIN')
    this.#isOpen = true
  }

  /** Commits what is open. Where that fails nothing is open either. */
  async commit(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#connection.query('COMMIT')
  }

  /** Takes back what is open. A connection that is gone has been rolled back by its server. */
  async rollback(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#connection.query('ROLLBACK').catch(() => undefined)
  }
}
