import type { PGlite, QueryOptions } from '@electric-sql/pglite'
import type { QueryBuilders } from '../../dialect.ts'
import { toDatabaseError } from './database-errors.ts'
import { importDriver } from './driver.ts'
import { kyselyOn } from './kysely-on.ts'
import { NestedTransactions } from './nested-transactions.ts'
import type { StatementListener } from './server-connection.ts'
import { applicationParsers } from './values.ts'

/** Query builders on an embedded database. */
export function embeddedBuilders(
  engine: PGlite,
  onStatement: StatementListener | undefined,
): QueryBuilders {
  return {
    kysely: async expectLent => kyselyOn(new LentEngine(engine, expectLent, onStatement)),
    drizzle: async (expectLent, config) => {
      const lent = new LentEngine(engine, expectLent, onStatement)
      const load = () => import('drizzle-orm/pglite')
      const { drizzle } = await importDriver('drizzle-orm', load, 'PACKAGE_MISSING')
      return drizzle({ ...config, client: lent as unknown as PGlite })
    },
  }
}

/** An engine as far as query builders use it, or a pool of one. */
class LentEngine {
  readonly #engine: PGlite
  readonly #expectLent: () => void
  readonly #onStatement: StatementListener | undefined
  readonly #transactions = new NestedTransactions()

  constructor(engine: PGlite, expectLent: () => void, onStatement: StatementListener | undefined) {
    this.#engine = engine
    this.#expectLent = expectLent
    this.#onStatement = onStatement
  }

  async query(sql: string, parameters: readonly unknown[] = [], options: QueryOptions = {}) {
    const [last, ...before] = (this.#transactions.instead(sql) ?? [sql]).toReversed()
    for (const text of before.toReversed()) await this.#send(text, [], {})
    return this.#send(last!, parameters, options)
  }

  /** Answers as PGlite does, and beside that as `pg`. */
  async #send(sql: string, parameters: readonly unknown[], options: QueryOptions) {
    this.#expectLent()
    this.#onStatement?.(sql, parameters)
    const parsers = { ...applicationParsers, ...options.parsers }
    try {
      const result = await this.#engine.query(sql, [...parameters], { ...options, parsers })
      const { affectedRows = 0, rows } = result
      return {
        ...result,
        command: commandOf(sql, affectedRows),
        rowCount: affectedRows || rows.length,
      }
    } catch (error) {
      throw toDatabaseError(error, { sql })
    }
  }

  async transaction<T>(work: (engine: this) => Promise<T>): Promise<T> {
    await this.query('BEGIN')
    try {
      const result = await work(this)
      await this.query('COMMIT')
      return result
    } catch (error) {
      await this.query('ROLLBACK')
      throw error
    }
  }

  async connect(): Promise<this> {
    this.#expectLent()
    return this
  }

  release(): void {}

  async end(): Promise<void> {}
}

/** `pg` knows the command from its answer, which PGlite keeps to itself. */
function commandOf(sql: string, affectedRows: number): string {
  const [word = ''] = /\b(INSERT|UPDATE|DELETE|MERGE)\b/i.exec(sql) ?? []
  return affectedRows > 0 || /^\s*(insert|update|delete|merge)\b/i.test(sql)
    ? word.toUpperCase()
    : 'SELECT'
}
