import type { Connection } from '../dialects/dialect.ts'

/** The transaction around a run: begun, committed and begun again as the plan demands. */
export class Transaction {
  readonly #connection: Connection
  #isOpen = false

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  async begin(): Promise<void> {
    await this.#connection.query('BEGIN')
    this.#isOpen = true
  }

  async commit(): Promise<void> {
    this.#isOpen = false
    await this.#connection.query('COMMIT')
  }

  /** Undoes what is open. A connection that is gone has been rolled back by its server. */
  async rollback(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#connection.query('ROLLBACK').catch(() => undefined)
  }
}
