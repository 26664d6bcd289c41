import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { Connection, IntrospectOptions } from '../../../../src/dialects/dialect.ts'
import { connectServer } from '../../../../src/dialects/postgresql/connect/server.ts'
import { introspect } from '../../../../src/dialects/postgresql/introspect/index.ts'
import type { DatabaseSchema, SchemaObject } from '../../../../src/schema/index.ts'
import type { ServerUnderTest } from '../../../support/each-server.ts'

/** A database that every test of a suite finds empty: each runs in a transaction that is rolled back. */
export interface IntrospectDatabase {
  /** Runs SQL written by the test. */
  run(sql: string): Promise<void>
  /** Reads the database as it is inside the test's transaction. */
  read(options?: IntrospectOptions): Promise<DatabaseSchema>
  /** Runs SQL and gives what has the ids, in their order. */
  objects(sql: string, ...ids: readonly string[]): Promise<(SchemaObject | undefined)[]>
  /** Runs SQL and gives what the object of the id needs. */
  needs(sql: string, ...ids: readonly string[]): Promise<(readonly string[] | undefined)[]>
  /** The first column of every row. */
  values(sql: string): Promise<unknown[]>
}

/** Sets the database of a suite up and takes it down. */
export function introspectDatabase(server: ServerUnderTest): IntrospectDatabase {
  let connection: Connection
  beforeAll(async () => {
    const { url } = await server.createDatabase('introspect')
    connection = await connectServer({ url })
  })
  afterAll(() => connection.close())
  beforeEach(async () => void (await connection.query('BEGIN')))
  afterEach(async () => void (await connection.query('ROLLBACK')))

  const run = async (sql: string) => void (await connection.query(sql))
  const read = (options?: IntrospectOptions) => introspect(connection, options)
  return {
    run,
    read,
    async objects(sql, ...ids) {
      await run(sql)
      const { objects } = await read()
      return ids.map(id => objects.get(id))
    },
    async needs(sql, ...ids) {
      await run(sql)
      const { dependencies } = await read()
      return ids.map(id => dependencies.get(id))
    },
    values: async sql => {
      const { rows } = await connection.query(sql)
      return rows.map(row => Object.values(row)[0])
    },
  }
}
