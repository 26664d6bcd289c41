import type { Client, CustomTypesConfig, QueryConfig } from 'pg'
import type { Connection, OnResult, QueryBuilders, QueryResult } from '../../dialect.ts'
import { cancelSession } from './cancel.ts'
import { toDatabaseError } from './database-errors.ts'
import { executeAll, type Session } from './execute-all.ts'
import { openAlike } from './open-alike.ts'
import { serverBuilders } from './server-builders.ts'
import { valueParser } from './values.ts'

export type StatementListener = (sql: string, parameters?: readonly unknown[]) => void

type Answer = QueryResult<Record<string, unknown>>

/** A session of a PostgreSQL server. */
export class ServerConnection implements Connection {
  readonly dialect = 'postgresql'
  readonly kind = 'server'
  readonly driver: Client
  readonly serverVersion: number
  readonly applicationName: string | undefined
  readonly #onStatement: StatementListener | undefined

  constructor(
    client: Client,
    serverVersion: number,
    onStatement?: StatementListener | undefined,
    applicationName?: string | undefined,
  ) {
    this.driver = client
    this.serverVersion = serverVersion
    this.applicationName = applicationName
    this.#onStatement = onStatement
  }

  async query<T>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<T>> {
    this.#onStatement?.(sql, parameters)
    try {
      return toResult(await this.driver.query(asQuery(sql, parameters))) as QueryResult<T>
    } catch (error) {
      throw toDatabaseError(error, { sql })
    }
  }

  executeAll(statements: readonly string[], onResult?: OnResult): Promise<void> {
    return executeAll(this.#session, statements, onResult)
  }

  async queryAll(queries: readonly string[], onResult?: OnResult): Promise<Answer[]> {
    return this.#answers(queries, 0, onResult)
  }

  async together<T>(work: () => Promise<T>): Promise<T> {
    this.#pipeline = true
    try {
      return await work()
    } finally {
      this.#pipeline = false
    }
  }

  /** pg's own switch, on only for a while: while it is on, a driver handed to the user refuses cursors. */
  set #pipeline(isOn: boolean) {
    ;(this.driver as Client & { pipeline: boolean }).pipeline = isOn
  }

  /** The pooler tells the client one process number and runs its statements in another. */
  async isPooled(): Promise<boolean> {
    const { rows } = await this.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return rows[0]?.pid !== this.sessionId
  }

  get sessionId(): number | undefined {
    const { processID } = this.driver as unknown as { readonly processID: number | null }
    return processID ?? undefined
  }

  async openBeside(applicationName: string): Promise<Connection> {
    const client = await openAlike(this.driver, applicationName)
    return new ServerConnection(client, this.serverVersion)
  }

  get builders(): QueryBuilders {
    return serverBuilders(this.driver, this.#onStatement)
  }

  isInTransaction(): boolean {
    return this.driver.getTransactionStatus() !== 'I'
  }

  async cancel(): Promise<void> {
    await cancelSession(this.driver)
  }

  async close(): Promise<void> {
    await this.driver.end()
  }

  readonly #session: Session = {
    isInTransaction: () => this.isInTransaction(),
    send: (statements, firstIndex, onResult) =>
      this.#answers(statements, firstIndex, (answer, place) =>
        onResult?.(answer, firstIndex + place),
      ),
  }

  async #answers(
    statements: readonly string[],
    firstIndex: number,
    onResult?: OnResult,
  ): Promise<Answer[]> {
    const answers = await this.#pipelined(statements, onResult)
    return answers.map((answer, index) => {
      if (answer.status === 'fulfilled') return answer.value
      const statementIndex = firstIndex + index
      throw toDatabaseError(answer.reason, { sql: statements[index]!, statementIndex })
    })
  }

  async #pipelined(
    statements: readonly string[],
    onResult?: OnResult,
  ): Promise<PromiseSettledResult<Answer>[]> {
    return this.together(() => {
      const sent = statements.map(async (sql, place) => {
        this.#onStatement?.(sql)
        const answer = toResult(await this.driver.query(asQuery(sql)))
        onResult?.(answer, place)
        return answer
      })
      return Promise.allSettled(sent)
    })
  }
}

/** A client of the application has parsers of its own: values are read by ours in any case. */
function asQuery(text: string, values?: readonly unknown[]): QueryConfig {
  const types = { getTypeParser: valueParser } as unknown as CustomTypesConfig
  return values === undefined ? { text, types } : { text, types, values: [...values] }
}

/** Several statements in one string give several results: the last one is the answer. */
function toResult(result: unknown): Answer {
  const last = Array.isArray(result) ? result.at(-1) : result
  return { rows: last.rows, rowCount: last.rowCount ?? 0 }
}
