import type { Client, QueryConfig, QueryResult } from 'pg'
import type { QueryBuilders } from '../../dialect.ts'
import { toDatabaseError } from './database-errors.ts'
import { importDriver } from './driver.ts'
import { kyselyOn } from './kysely-on.ts'
import { NestedTransactions } from './nested-transactions.ts'
import type { StatementListener } from './server-connection.ts'

/** Query builders on a client of `pg`. */
export function serverBuilders(
  client: Client,
  onStatement: StatementListener | undefined,
): QueryBuilders {
  return {
    kysely: async expectLent =>
      kyselyOn(new LentClient(client, await typesOf(), expectLent, onStatement)),
    drizzle: async (expectLent, config) => {
      const lent = new LentClient(client, await typesOf(), expectLent, onStatement)
      const load = () => import('drizzle-orm/node-postgres')
      const { drizzle } = await importDriver('drizzle-orm', load, 'PACKAGE_MISSING')
      return drizzle({ ...config, client: lent as unknown as Client })
    },
  }
}

type Types = QueryConfig['types']

/** As the application's own clients read values, also what it has changed about that. */
const typesOf = async (): Promise<Types> => (await import('pg')).default.types as Types

/** A client, or a pool of one, as far as query builders use it. */
class LentClient {
  readonly #client: Client
  readonly #types: Types
  readonly #expectLent: () => void
  readonly #onStatement: StatementListener | undefined
  readonly #transactions = new NestedTransactions()
  /** The statement before. pg does not like to be given one while another runs. */
  #previous: Promise<unknown> = Promise.resolve()

  constructor(
    client: Client,
    types: Types,
    expectLent: () => void,
    onStatement: StatementListener | undefined,
  ) {
    this.#client = client
    this.#types = types
    this.#expectLent = expectLent
    this.#onStatement = onStatement
  }

  async query(input: string | QueryConfig, values?: readonly unknown[]): Promise<QueryResult> {
    const config = typeof input === 'string' ? { text: input } : input
    const own = { types: this.#types, ...config, values: [...(values ?? config.values ?? [])] }
    const instead = this.#transactions.instead(config.text)?.map(text => ({ text }))
    const [last, ...before] = (instead ?? [own]).toReversed()
    return this.#afterPrevious(async () => {
      for (const one of before.toReversed()) await this.#send(one)
      return this.#send(last!)
    })
  }

  async #send(config: QueryConfig): Promise<QueryResult> {
    this.#expectLent()
    this.#onStatement?.(config.text, config.values)
    try {
      return await this.#client.query(config)
    } catch (error) {
      throw toDatabaseError(error, { sql: config.text })
    }
  }

  #afterPrevious<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#previous.then(work)
    this.#previous = next.catch(() => undefined)
    return next
  }

  /** For who takes it for a pool. */
  async connect(): Promise<this> {
    this.#expectLent()
    return this
  }

  release(): void {}

  async end(): Promise<void> {}
}
