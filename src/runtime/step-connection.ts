import type { Kysely } from 'kysely'
import type { Connection, QueryBuilders, QueryResult } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { RunConnection } from '../operations/op.ts'

/** The connection of a step as code of the project has it: for as long as that code runs. */
export class StepConnection implements RunConnection {
  readonly #connection: Connection
  #isOver = false

  private constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Lends a connection to code, until that ends. */
  static async lend(
    connection: Connection,
    code: (own: StepConnection) => Promise<void> | void,
  ): Promise<void> {
    const own = new StepConnection(connection)
    try {
      await code(own)
    } finally {
      own.#isOver = true
    }
  }

  async query<T = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<QueryResult<T>> {
    this.#expectLent()
    return this.#connection.query<T>(sql, parameters)
  }

  get driver(): unknown {
    this.#expectLent()
    return this.#connection.driver
  }

  async kysely<DB>(): Promise<Kysely<DB>> {
    return (await this.#builders.kysely(this.#expectLent)) as Kysely<DB>
  }

  async drizzle<D>(config: object = {}): Promise<D> {
    return (await this.#builders.drizzle(this.#expectLent, config)) as D
  }

  get #builders(): QueryBuilders {
    this.#expectLent()
    const { builders, dialect } = this.#connection
    if (builders !== undefined) return builders
    throw new LimbeckError(
      'OPERATION_UNSUPPORTED',
      `There are no query builders on a connection to ${dialect} yet.`,
      { facts: { dialect }, hint: 'Use connection.query, or connection.driver.' },
    )
  }

  readonly #expectLent = (): void => {
    if (!this.#isOver) return
    throw new LimbeckError(
      'RUN_ENDED',
      'The code that was given this connection has ended, and the connection has gone on to what comes next.',
      { hint: 'Await all that uses it before the code returns.' },
    )
  }
}
