import { Client, DatabaseError } from 'pg'
import type { TestServer } from '../../support/servers.ts'
import { catalog } from '../postgresql/compile/database.ts'

/** Whether two lists of statements do the same to a database. */
export type Equivalence =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly expected: readonly string[]; readonly ours: unknown }
  /** PostgreSQL refuses what was recorded, or what comes before it: nothing can be compared. */
  | { readonly kind: 'notRun' }

/** A PostgreSQL database in which statements are run, compared, and undone. */
export interface EquivalenceDatabase {
  /** Runs `given`, and from there the one list and the other. */
  compare(
    given: readonly string[],
    recorded: readonly string[],
    ours: readonly string[],
  ): Promise<Equivalence>
  close(): Promise<void>
}

/** Creates a database on a server for tests. */
export async function openEquivalenceDatabase(server: TestServer): Promise<EquivalenceDatabase> {
  const database = await server.createDatabase('equivalence')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  await client.query(`SET client_min_messages = 'warning'`)
  return {
    compare: (given, recorded, ours) =>
      undone(client, async () => {
        const refused = await refusalOf(client, [...surroundings(recorded), ...given])
        return refused ? { kind: 'notRun' } : compared(client, recorded, ours)
      }),
    async close() {
      await client.end()
      await database.drop()
    },
  }
}

/** The schemas that Alembic's own run found there, and what its statements rest on. */
function surroundings(recorded: readonly string[]): string[] {
  const extensions = new Set(
    recorded
      .join()
      .toLowerCase()
      .match(/citext|hstore/g),
  )
  return [
    ...['auth', 'shop', '"Db.Owner"'].map(schema => `CREATE SCHEMA ${schema}`),
    ...[...extensions].map(extension => `CREATE EXTENSION ${extension}`),
  ]
}

async function undone<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    return await work()
  } finally {
    await client.query('ROLLBACK')
  }
}

async function refusalOf(
  client: Client,
  statements: readonly string[],
): Promise<DatabaseError | undefined> {
  try {
    for (const sql of statements) await client.query(sql)
    return undefined
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
}

async function compared(
  client: Client,
  recorded: readonly string[],
  ours: readonly string[],
): Promise<Equivalence> {
  await client.query('SAVEPOINT given')
  const expected = await contentAfter(client, recorded)
  if (expected instanceof DatabaseError) return { kind: 'notRun' }
  const reached = await contentAfter(client, ours)
  if (reached instanceof DatabaseError) {
    return { kind: 'different', expected, ours: reached.message }
  }
  const isSame = expected.join('\n') === reached.join('\n')
  return isSame ? { kind: 'same' } : { kind: 'different', ...onlyDifferent(expected, reached) }
}

/** All that is in the database after some statements, which are then undone. */
async function contentAfter(
  client: Client,
  statements: readonly string[],
): Promise<string[] | DatabaseError> {
  const refused = await refusalOf(client, statements)
  const content = refused ?? (await catalogLines(client))
  await client.query('ROLLBACK TO given')
  return content
}

async function catalogLines(client: Client): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text: catalog, rowMode: 'array' })
  return rows.map(([line]) => line).sort()
}

const onlyDifferent = (expected: readonly string[], ours: readonly string[]) => ({
  expected: expected.filter(line => !ours.includes(line)),
  ours: ours.filter(line => !expected.includes(line)),
})
