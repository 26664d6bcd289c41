import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/dialects/dialect.ts'
import { connectServer } from '../../src/dialects/postgresql/connect/server.ts'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { diff } from '../../src/diff/diff.ts'
import type { Operation } from '../../src/operations/operation.ts'
import { reverseAll } from '../../src/operations/reverse.ts'
import type { DatabaseSchema } from '../../src/schema/index.ts'
import { catalog } from '../dialects/postgresql/compile/database.ts'
import { eachServer } from '../support/each-server.ts'
import { transitions } from './transitions.ts'

interface State {
  readonly schema: DatabaseSchema
  readonly catalog: readonly string[]
}

eachServer(
  'the way from one schema to another and back',
  server => {
    let connection: Connection
    beforeAll(async () => {
      const { url } = await server.createDatabase('diff')
      connection = await connectServer({ url })
    })
    afterAll(() => connection.close())

    for (const [title, { before, after, common = '', since = 0 }] of Object.entries(transitions)) {
      if (server.major < since) continue
      test(title, async () => {
        const start = await built(`${common};${before}`, readState)
        const end = await built(`${common};${after}`, readState)
        await built(`${common};${before}`, () => expectRoundTrip(start, end))
        await built(`${common};${after}`, () => expectRoundTrip(end, start))
      })
    }

    test('leads from any of these schemas to any other', async () => {
      const schemas = Object.values(transitions)
        .filter(({ since = 0 }) => server.major >= since)
        .flatMap(({ before, after, common = '' }) => [`${common};${before}`, `${common};${after}`])
        // Extended statistics are deparsed by the order of columns, which no ALTER TABLE reaches.
        .filter(sql => !sql.includes('CREATE STATISTICS'))
      const schema = fc.constantFrom(...schemas)
      await fc.assert(
        fc.asyncProperty(schema, schema, async (before, after) => {
          const start = await built(before, readState)
          const end = await built(after, readState)
          await built(before, () => expectRoundTrip(start, end)).catch(allowCommit)
        }),
        { numRuns: 40 },
      )
    })

    /** Works in a database that holds what the SQL builds, and leaves nothing of it. */
    async function built<T>(sql: string, work: () => Promise<T>): Promise<T> {
      await connection.query('BEGIN')
      try {
        await connection.query(sql)
        return await work()
      } finally {
        await connection.query('ROLLBACK')
      }
    }

    async function readState(): Promise<State> {
      const { rows } = await connection.query<Record<string, string>>(catalog)
      return {
        schema: await postgresql.introspect(connection),
        catalog: rows.flatMap(row => Object.values(row)).sort(),
      }
    }

    async function expectRoundTrip(start: State, end: State): Promise<void> {
      const { operations } = diff(start.schema, end.schema)
      await apply(operations)
      const reached = await readState()
      expect(reached.catalog).toEqual(end.catalog)
      expect(diff(reached.schema, end.schema).operations).toEqual([])
      await apply(reverseAll(operations))
      expect((await readState()).catalog).toEqual(start.catalog)
    }

    async function apply(operations: readonly Operation[]): Promise<void> {
      const { serverVersion } = connection
      for (const operation of operations) {
        if (operation.kind === 'run' || operation.kind === 'backfill')
          throw new Error('the diff proposes no code')
        for (const { sql } of postgresql.compile(operation, { serverVersion })) {
          await connection.query(sql)
        }
      }
    }
  },
  { usually: [13, 18] },
)

/** A value added to an enum cannot be used in the transaction that a test is. */
function allowCommit(error: unknown): void {
  if ((error as { code?: unknown }).code !== '55P04') throw error
}
