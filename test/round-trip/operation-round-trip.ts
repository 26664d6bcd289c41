import { Client } from 'pg'
import type { CompiledOperation } from '../../src/dialects/dialect.ts'
import { postgresql } from '../../src/dialects/postgresql/dialect.ts'
import { type Operation, reversed } from '../../src/index.ts'
import { record } from '../../src/operations/op.ts'
import type { Statement } from '../../src/operations/statement.ts'
import { pgDumpWithRights } from '../support/pg-dump.ts'
import type { TestServer } from '../support/servers.ts'
import { firstDifference } from './dump.ts'
import { RoundTripFailure, stage } from './failure.ts'
import type { OperationCase } from './operations/operation-case.ts'

/** A case on its way, and what a dump says of it after each stage. */
interface Trip {
  readonly of: OperationCase
  /** The schema that it has to itself; absent: it has the database. */
  readonly schema?: string
  readonly dumps: string[]
  failure?: unknown
}

/**
 * Takes cases up, down by the reverse of what they record, and up again; gives for each what was wrong,
 * if anything. Those that share a database have a schema each, so that all of them take no more dumps
 * than one.
 */
export async function operationRoundTrips(
  server: TestServer,
  cases: readonly OperationCase[],
): Promise<Map<OperationCase, unknown>> {
  const together = cases
    .filter(({ isAlone }) => !isAlone)
    .map((of, index): Trip => ({ of, schema: `case_${index}`, dumps: [] }))
  const alone = cases.filter(({ isAlone }) => isAlone).map((of): Trip[] => [{ of, dumps: [] }])
  const all = [together, ...alone]
  for (const trips of all) await travel(server, trips)
  return new Map(all.flat().map(trip => [trip.of, trip.failure ?? complaint(trip)]))
}

async function travel(server: TestServer, trips: readonly Trip[]): Promise<void> {
  const database = await server.createDatabase('operations')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const each = async (name: string, work: (trip: Trip) => Promise<unknown>) => {
    for (const trip of trips) if (trip.failure === undefined) await goOn(client, trip, name, work)
    await dumpInto(trips, database.url)
  }
  const apply = (operations: readonly Operation[]) => run(client, operations, server.major * 10_000)
  try {
    await each('before', ({ of }) => client.query(of.before ?? ''))
    await each('upgrade', ({ of }) => apply(record(of.upgrade)))
    await each('downgrade', ({ of }) => apply(record(reversed(of.upgrade))))
    await each('second upgrade', ({ of }) => apply(record(of.upgrade)))
  } finally {
    await client.end()
    await database.drop()
  }
}

/** One stage of a case, in its schema; what goes wrong is kept. */
async function goOn(
  client: Client,
  trip: Trip,
  name: string,
  work: (trip: Trip) => Promise<unknown>,
): Promise<void> {
  const { schema } = trip
  try {
    if (schema !== undefined) await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
    await client.query(`SET search_path = ${schema === undefined ? '' : `${schema}, `}public`)
    await stage(name, () => work(trip))
  } catch (error) {
    trip.failure = error
  }
}

/** In transactions, as far as the statements allow that. */
async function run(
  client: Client,
  operations: readonly Operation[],
  serverVersion: number,
): Promise<void> {
  await client.query('BEGIN')
  try {
    for (const operation of operations)
      for (const statement of postgresql.compile(operation as CompiledOperation, { serverVersion }))
        await runOne(client, statement)
  } finally {
    await client.query('COMMIT')
  }
}

async function runOne(client: Client, statement: Statement): Promise<void> {
  const { sql, transactional, usableAfterCommit } = statement
  if (!transactional) await client.query('COMMIT')
  await client.query(sql)
  if (!transactional) await client.query('BEGIN')
  else if (usableAfterCommit !== undefined) await client.query('COMMIT; BEGIN')
}

async function dumpInto(trips: readonly Trip[], url: string): Promise<void> {
  const dump = await pgDumpWithRights(url)
  for (const { schema, dumps } of trips)
    dumps.push(schema === undefined ? dump : partOf(dump, schema))
}

/** What a dump says of one schema; settings that hold for what follows belong to no object. */
function partOf(dump: string, schema: string): string {
  return dump
    .split(/^(?=--\n-- Name: )/m)
    .filter(section => section.includes(`; Schema: ${schema};`))
    .join('')
    .replace(/^SET default_\w+ = .*\n/gm, '')
}

function complaint({ dumps }: Trip): RoundTripFailure | undefined {
  const [before = '', after = '', back = '', again = ''] = dumps
  if (firstDifference(before, after) === undefined)
    return new RoundTripFailure('upgrade', 'it changes nothing')
  const differences = [
    ['downgrade', firstDifference(back, before)],
    ['second upgrade', firstDifference(again, after)],
  ] as const
  const [name, text] = differences.find(([, difference]) => difference !== undefined) ?? []
  return text === undefined ? undefined : new RoundTripFailure(name!, text)
}
