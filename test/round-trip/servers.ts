import { Client } from 'pg'
import { npmBinaries, type PostgresBinaries, systemBinaries } from '../support/postgres-binaries.ts'
import { startPostgres } from '../support/postgres-process.ts'
import { serverMajor, type TestServer, testServerAt } from '../support/servers.ts'
import { RoundTripFailure } from './failure.ts'

/** The servers of one major that a case may run on, started when one is first needed. */
export class RoundTripServers {
  readonly #starters: (() => Promise<TestServer>)[]
  readonly #started: Promise<TestServer>[] = []

  private constructor(starters: (() => Promise<TestServer>)[]) {
    this.#starters = starters
  }

  /** The server of `LIMBECK_TEST_POSTGRES_URL`, else those that npm and the machine have of the major. */
  static find(major: number): RoundTripServers {
    const url = process.env.LIMBECK_TEST_POSTGRES_URL
    if (url) return new RoundTripServers([async () => testServerAt(url, await serverMajor(url))])
    const binaries = [npmBinaries(major), systemBinaries(major)].filter(
      found => found !== undefined,
    )
    if (binaries.length === 0)
      throw new Error(`There are no binaries of PostgreSQL ${major}: run npm ci, or install it.`)
    return new RoundTripServers(binaries.map(found => () => start(found)))
  }

  /** Runs a case on the first server that has what it needs: an extension, a compression method. */
  async run<T>(work: (server: TestServer) => Promise<T>): Promise<T> {
    for (const position of this.#starters.keys()) {
      try {
        return await work(await this.#server(position))
      } catch (error) {
        const isLast = position === this.#starters.length - 1
        if (isLast || !lacksFeature(error)) throw error
      }
    }
    throw new Error('There is no server to run on.')
  }

  /** The first server that has all of the extensions, else the last. */
  async having(extensions: readonly string[]): Promise<TestServer> {
    for (const position of this.#starters.keys()) {
      const server = await this.#server(position)
      if (await hasExtensions(server, extensions)) return server
    }
    return this.#server(this.#starters.length - 1)
  }

  #server(position: number): Promise<TestServer> {
    this.#started[position] ??= this.#starters[position]!()
    return this.#started[position]
  }

  async stop(): Promise<void> {
    for (const server of this.#started) await (await server)?.stop()
  }
}

async function start(binaries: PostgresBinaries): Promise<TestServer> {
  const { url, stop } = await startPostgres(binaries)
  return testServerAt(url, binaries.major, stop)
}

async function hasExtensions(server: TestServer, names: readonly string[]): Promise<boolean> {
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    const { rows } = await client.query('SELECT name FROM pg_available_extensions')
    const available = new Set(rows.map(row => row.name))
    return names.every(name => available.has(name))
  } finally {
    await client.end()
  }
}

/** SQLSTATEs of an extension, a library or a feature that this build of the server was made without. */
const missingFeature = new Set(['0A000', '58P01', '22023'])

function lacksFeature(error: unknown): boolean {
  if (!(error instanceof RoundTripFailure)) return false
  if (error.stage !== 'direct build' && error.stage !== 'setup') return false
  return missingFeature.has(String((error.cause as { code?: unknown }).code))
}

/** The extension that a case wants and no server of this machine has, as far as that is why it fails. */
export function missingExtension(error: unknown): string | undefined {
  if (!lacksFeature(error)) return undefined
  const message = String((error as RoundTripFailure).message)
  return /extension "(.+)" is not available|open extension control file ".*\/(.+)\.control"/
    .exec(message)
    ?.slice(1)
    .find(name => name !== undefined)
}
