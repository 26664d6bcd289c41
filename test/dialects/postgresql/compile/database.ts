import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { compile } from '../../../../src/dialects/postgresql/compile/index.ts'
import type { Operation } from '../../../../src/operations/operation.ts'
import type { ServerUnderTest } from '../../../support/each-server.ts'

type Compilable = Exclude<Operation, { kind: 'run' }>

/** A database that every test of a suite finds as it was: each runs in a transaction of its own. */
export interface CompileDatabase {
  /** Compiles operations for this server and runs what comes out. */
  apply(...operations: readonly Operation[]): Promise<void>
  /** Runs SQL written by the test. */
  run(sql: string): Promise<void>
  /** The first column of the first row. */
  value(sql: string): Promise<unknown>
  /** The first column of every row. */
  values(sql: string): Promise<unknown[]>
  rows(sql: string): Promise<Record<string, unknown>[]>
  /** For the few statements that want none: leaves the test's transaction. */
  leaveTransaction(): Promise<void>
}

/** Sets the database of a suite up and takes it down. */
export function compileDatabase(server: ServerUnderTest): CompileDatabase {
  let client: Client
  const serverVersion = server.major * 10_000

  beforeAll(async () => {
    const { url } = await server.createDatabase('compile')
    client = new Client({ connectionString: url })
    await client.connect()
  })
  afterAll(() => client.end())
  beforeEach(async () => void (await client.query('BEGIN')))
  afterEach(async () => void (await client.query('ROLLBACK')))

  const rows = async (sql: string) => (await client.query(sql)).rows
  const values = async (sql: string) => (await rows(sql)).map(row => Object.values(row)[0])
  return {
    async apply(...operations) {
      for (const operation of operations) {
        for (const { sql } of compile(operation as Compilable, { serverVersion })) {
          await client.query(sql)
        }
      }
    },
    run: async sql => void (await client.query(sql)),
    value: async sql => (await values(sql))[0],
    values,
    rows,
    leaveTransaction: async () => void (await client.query('COMMIT')),
  }
}

/** The SQL of operations, for the newest server unless one is named. */
export function sqlOf(operations: readonly Operation[], serverVersion?: number): string[] {
  return operations.flatMap(operation =>
    compile(operation as Compilable, { serverVersion }).map(({ sql }) => sql),
  )
}
