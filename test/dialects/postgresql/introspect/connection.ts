import { Client } from 'pg'
import type { Connection } from '../../../../src/dialects/dialect.ts'

/** A connection that counts what is asked of it. */
export interface CountingConnection extends Connection {
  readonly driver: Client
  /** Statements sent so far. */
  statements(): number
}

/** A plain connection over `pg`, one statement after another. */
export async function connectTo(url: string): Promise<CountingConnection> {
  const client = new Client({ connectionString: url })
  await client.connect()
  let sent = 0
  const query = async (sql: string, parameters: readonly unknown[] = []) => {
    sent++
    const { rows, rowCount } = await client.query(sql, [...parameters])
    return { rows, rowCount: rowCount ?? 0 }
  }
  return {
    dialect: 'postgresql',
    serverVersion: 0,
    driver: client,
    statements: () => sent,
    query,
    async executeAll(statements) {
      for (const statement of statements) await query(statement)
    },
    async queryAll(queries) {
      const results = []
      for (const sql of queries) results.push(await query(sql))
      return results
    },
    close: () => client.end(),
  }
}
