import type { Connection, DialectName, QueryResult } from '../dialects/dialect.ts'

/** A connection that outlives what is behind it: a reset may lead it to another database. */
export class ScratchConnection implements Connection {
  #inner: Connection
  /** Whether anything was sent since the database was empty for certain. */
  isUsed = false

  constructor(inner: Connection) {
    this.#inner = inner
  }

  /** Leads to a database that is empty. */
  lead(inner: Connection): void {
    this.#inner = inner
    this.isUsed = false
  }

  get dialect(): DialectName {
    return this.#inner.dialect
  }

  get kind(): Connection['kind'] {
    return this.#inner.kind
  }

  get serverVersion(): number {
    return this.#inner.serverVersion
  }

  get driver(): unknown {
    return this.#inner.driver
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<T>> {
    this.isUsed = true
    return this.#inner.query<T>(sql, parameters)
  }

  executeAll(statements: readonly string[]): Promise<void> {
    this.isUsed = true
    return this.#inner.executeAll(statements)
  }

  queryAll(queries: readonly string[]): Promise<QueryResult<Record<string, unknown>>[]> {
    this.isUsed = true
    return this.#inner.queryAll(queries)
  }

  close(): Promise<void> {
    return this.#inner.close()
  }
}
