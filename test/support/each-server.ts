import { afterAll, describe, test } from 'vitest'
import { missingPgDump } from './pg-dump.ts'
import {
  type CreateDatabaseOptions,
  postgresServer,
  type TestDatabase,
  type TestServer,
  testMajors,
  wantedMajors,
} from './servers.ts'

/** One major, for the tests of a suite; the server starts with the first database. */
export interface ServerUnderTest {
  readonly major: number
  server(): Promise<TestServer>
  /** Creates a database that is dropped after the suite. */
  createDatabase(name?: string, options?: CreateDatabaseOptions): Promise<TestDatabase>
}

export interface EachServerOptions {
  /** The tests call `pgDump`. */
  readonly pgDump?: boolean | undefined
  /** A long suite, which runs on these majors alone unless `LIMBECK_TEST_MAJORS` names others. */
  readonly usually?: readonly number[] | undefined
}

/** Repeats a suite on every major under test: `title (PostgreSQL 15)`. */
export function eachServer(
  title: string,
  suite: (server: ServerUnderTest) => void,
  options: EachServerOptions = {},
): void {
  // A server given by its URL stands for all majors.
  const wanted = process.env.LIMBECK_TEST_POSTGRES_URL ? testMajors() : wantedMajors()
  const isUsual = !(process.env.LIMBECK_TEST_POSTGRES_URL || process.env.LIMBECK_TEST_MAJORS)
  const majors = (isUsual && options.usually) || wanted
  for (const major of majors) {
    const missing = whatIsMissing(major, options)
    if (missing === undefined) {
      describe(`${title} (PostgreSQL ${major})`, () => suite(serverUnderTest(major)))
    } else {
      notRun(`${title} (PostgreSQL ${major})`, missing)
    }
  }
}

function whatIsMissing(major: number, { pgDump }: EachServerOptions): string | undefined {
  if (!testMajors().includes(major)) return 'no binaries for this platform: npm ci brings them'
  return pgDump ? missingPgDump(major) : undefined
}

/** Names tests that cannot run here and what would let them; where CI decides, that is a failure. */
export function notRun(title: string, missing: string): void {
  if (process.env.CI === 'true') {
    test(title, () => {
      throw new Error(`Not run: ${missing}`)
    })
  } else {
    test.skip(`${title} — not run: ${missing}`)
  }
}

function serverUnderTest(major: number): ServerUnderTest {
  const databases: TestDatabase[] = []
  afterAll(() => Promise.all(databases.map(database => database.drop())))
  const server = () => postgresServer(major)
  return {
    major,
    server,
    async createDatabase(name, options) {
      const database = await (await server()).createDatabase(name, options)
      databases.push(database)
      return database
    },
  }
}
