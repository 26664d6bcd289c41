import { Client } from 'pg'
import { findBinaries, type PostgresBinaries, supportedMajors } from './postgres-binaries.ts'
import { type PostgresProcess, type ServerSettings, startPostgres } from './postgres-process.ts'

/** A server that tests share; what they need of their own are databases. */
export interface TestServer {
  /** The database `postgres`, as a superuser. */
  readonly url: string
  readonly major: number
  /** Creates an empty database whose name begins with `limbeck_test_` and holds `name`. */
  createDatabase(name?: string, options?: CreateDatabaseOptions): Promise<TestDatabase>
  /** Ends a server that this process started; a shared one lives as long as the test run. */
  stop(): Promise<void>
}

export interface CreateDatabaseOptions {
  /** A database to copy, which nobody may be connected to. */
  readonly template?: string | undefined
}

/** A database of one test or test file. */
export interface TestDatabase {
  readonly url: string
  readonly name: string
  /** Ends every session in it and removes it. */
  drop(): Promise<void>
}

/** What the test run has set up for its workers, handed down in an environment variable. */
export interface SharedServers {
  /** Answers GET /<major> with the URL of a server, which it starts when first asked. */
  readonly broker: string
  readonly majors: readonly number[]
  /** Part of the names of this run's databases. */
  readonly run: string
}

export const sharedServersVariable = 'LIMBECK_TEST_SHARED_SERVERS'

/** What globalSetup has set up, undefined outside a test run. */
export function sharedServers(): SharedServers | undefined {
  const json = process.env[sharedServersVariable]
  return json === undefined ? undefined : JSON.parse(json)
}

/** The majors that tests of several servers run on: 13, 15 and 18, or all with `LIMBECK_TEST_MAJORS=all`. */
export function testMajors(): readonly number[] {
  return sharedServers()?.majors ?? wantedMajors()
}

/** The majors asked for, whether or not there are binaries for them. */
export function wantedMajors(): readonly number[] {
  const wanted = process.env.LIMBECK_TEST_MAJORS
  if (wanted === 'all') return supportedMajors
  return wanted ? wanted.split(',').map(Number) : [13, 15, 18]
}

/** Debian 12 has a `pg_dump` for it, so that most tests run with what a machine has. */
const usualMajor = 15

const servers = new Map<number, Promise<TestServer>>()

/** A server of the major, or of the usual one; started when first asked for and then shared. */
export function postgresServer(major = usual()): Promise<TestServer> {
  let server = servers.get(major)
  if (server === undefined) {
    server = connectTo(major)
    servers.set(major, server)
  }
  return server
}

function usual(): number {
  const majors = testMajors()
  return majors.includes(usualMajor) ? usualMajor : (majors.at(-1) ?? usualMajor)
}

async function connectTo(major: number): Promise<TestServer> {
  const shared = sharedServers()
  if (shared !== undefined) return testServerAt(await askBroker(shared.broker, major), major)
  const { url, stop } = await openServer(major)
  return testServerAt(url, major, async () => {
    servers.delete(major)
    await stop()
  })
}

async function askBroker(broker: string, major: number): Promise<string> {
  const response = await fetch(`${broker}/${major}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/** The server of `LIMBECK_TEST_POSTGRES_URL`, else a new one. */
export async function openServer(major: number): Promise<Pick<PostgresProcess, 'url' | 'stop'>> {
  const url = process.env.LIMBECK_TEST_POSTGRES_URL
  if (!url) return startPostgres(binariesOf(major))
  const given = await serverMajor(url)
  if (given === major) return { url, stop: async () => {} }
  throw new Error(`LIMBECK_TEST_POSTGRES_URL is PostgreSQL ${given}, and this needs ${major}.`)
}

/** A server that nobody else uses, for tests that kill it or change its settings. */
export function privateServer(
  major = usual(),
  settings?: ServerSettings,
): Promise<PostgresProcess> {
  return startPostgres(binariesOf(major), settings)
}

function binariesOf(major: number): PostgresBinaries {
  const binaries = findBinaries(major)
  if (binaries !== undefined) return binaries
  throw new Error(
    `There are no binaries of PostgreSQL ${major} for ${process.platform}-${process.arch}: ` +
      'run npm ci, install it, or set LIMBECK_TEST_POSTGRES_URL.',
  )
}

/** The major of the server behind a URL. */
export async function serverMajor(url: string): Promise<number> {
  const [row] = await queryOnce<{ version: string }>(
    url,
    `SELECT current_setting('server_version_num') AS version`,
  )
  return Math.trunc(Number(row!.version) / 10_000)
}

/** Connects, runs one statement and closes. */
export async function queryOnce<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Any running server as tests see one. */
export function testServerAt(url: string, major: number, stop = async () => {}): TestServer {
  return {
    url,
    major,
    stop,
    async createDatabase(name, { template } = {}) {
      const database = newDatabaseName(name)
      const copied = template === undefined ? '' : ` TEMPLATE "${template}"`
      await queryOnce(url, `CREATE DATABASE "${database}"${copied}`)
      return {
        name: database,
        url: Object.assign(new URL(url), { pathname: `/${database}` }).href,
        drop: async () => {
          await queryOnce(url, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
        },
      }
    },
  }
}

let databases = 0

/** Unique among the processes that share a server, and at most PostgreSQL's 63 bytes. */
function newDatabaseName(name = 'db'): string {
  const run = sharedServers()?.run ?? 'alone'
  return `limbeck_test_${run}_${name.slice(0, 24)}_${process.pid}_${++databases}`
}
