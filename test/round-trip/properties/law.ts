import { applyOperations } from '../../../src/autogenerate/build-schema.ts'
import { connectServer } from '../../../src/dialects/postgresql/connect/server.ts'
import { postgresql } from '../../../src/dialects/postgresql/dialect.ts'
import { diff } from '../../../src/diff/diff.ts'
import { describeAll } from '../../../src/operations/describe.ts'
import { reverseAll } from '../../../src/operations/reverse.ts'
import type { DatabaseSchema } from '../../../src/schema/index.ts'
import type { TestServer } from '../../support/servers.ts'
import { dumpOf, load, settle } from '../direct-build.ts'
import { firstDifference } from '../dump.ts'
import { RoundTripFailure, stage } from '../failure.ts'

/** SQL that builds the start, and SQL that builds the goal. */
export type SqlPair = readonly [before: string, after: string]

/**
 * The law of a round trip, of several pairs in one database, each in a schema of its own: what the
 * comparison proposes leads to what a directly built goal dumps as, nothing is pending then, and its
 * reverse leads back. Throws the failure of a pair that fails alone as well, with its SQL.
 */
export async function expectRoundTrips(
  server: TestServer,
  pairs: readonly SqlPair[],
): Promise<void> {
  try {
    await roundTripOf(server, pairs)
  } catch (failure) {
    if (pairs.length === 1) throw failure
    const named = /case_(\d+)/.exec((failure as Error).message)?.[1]
    const suspect = pairs[Number(named)]
    for (const pair of [...(suspect ? [suspect] : []), ...pairs]) await expectAlone(server, pair)
    throw failure
  }
}

async function expectAlone(server: TestServer, pair: SqlPair): Promise<void> {
  try {
    await roundTripOf(server, [pair])
  } catch (error) {
    const [before, after] = pair
    throw new Error(`${(error as Error).message}\n-- before\n${before}\n-- after\n${after}`, {
      cause: error,
    })
  }
}

async function roundTripOf(server: TestServer, pairs: readonly SqlPair[]): Promise<void> {
  const before = await settle(server, inSchemas(pairs.map(([sql]) => sql)))
  const after = await settle(server, inSchemas(pairs.map(([, sql]) => sql)))
  const current = await schemaOf(server, before)
  const target = await schemaOf(server, after)
  const ours = await server.createDatabase('ours')
  try {
    await load(ours.url, before)
    const connection = await connectServer({ url: ours.url })
    try {
      const { operations } = diff(current, target)
      await stage('upgrade', () => applyOperations(connection, postgresql, operations))
      await expectDump('upgrade', ours.url, after)
      expectEqual(await postgresql.introspect(connection), target)
      const reverse = reverseAll(operations)
      await stage('downgrade', () => applyOperations(connection, postgresql, reverse))
      await expectDump('downgrade', ours.url, before)
    } finally {
      await connection.close()
    }
  } finally {
    await ours.drop()
  }
}

function inSchemas(texts: readonly string[]): string {
  return texts
    .map((sql, index) => `CREATE SCHEMA case_${index};\nSET search_path = case_${index};\n${sql}`)
    .join('')
}

async function schemaOf(server: TestServer, sql: string): Promise<DatabaseSchema> {
  const database = await server.createDatabase('read')
  try {
    await load(database.url, sql)
    const connection = await connectServer({ url: database.url })
    try {
      return await postgresql.introspect(connection)
    } finally {
      await connection.close()
    }
  } finally {
    await database.drop()
  }
}

async function expectDump(name: string, url: string, expected: string): Promise<void> {
  const difference = firstDifference(await dumpOf(url), expected)
  if (difference !== undefined) throw new RoundTripFailure(name, difference)
}

function expectEqual(reached: DatabaseSchema, target: DatabaseSchema): void {
  const { operations } = diff(reached, target)
  const [pending] = describeAll(operations, target.defaultSchema)
  if (pending !== undefined) throw new RoundTripFailure('check', `pending: ${pending}`)
}
