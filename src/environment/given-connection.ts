import { rememberSecrets } from '../credentials/secrets.ts'
import { unlessInterrupted } from '../dialects/interruption.ts'
import { shareConnection } from '../dialects/load-connection.ts'
import { LimbeckError } from '../errors.ts'
import type { OpenedConnection } from '../runtime/context-parts.ts'

/** What an application gives a command in place of a URL: one of its own sessions, or where it takes them from. */
export interface GivenConnection {
  /**
   * A session that the application has opened: a connected `Client` of `pg`, or a connection of limbeck's.
   * It stays open, with the settings that it had.
   */
  readonly connection?: object | undefined
  /** A `Pool` of `pg`: a client is taken, and given back whatever happens. */
  readonly pool?: ConnectionPool | undefined
}

/** What is asked of a pool. */
export interface ConnectionPool {
  connect(): Promise<PooledClient>
}

/** A client of a pool, which goes back there; where `destroy` is true the pool ends it. */
export interface PooledClient {
  release(destroy?: boolean): void
}

/** The session that the application has given; undefined where it has given none. */
export async function openGiven(
  { connection, pool }: GivenConnection,
  url: string | undefined,
  signal?: AbortSignal | undefined,
): Promise<OpenedConnection | undefined> {
  if (connection !== undefined) return takeUp(connection, url)
  return pool && takeFrom(pool, url, signal)
}

/** Refuses what is no session and no pool, and two answers to one question. */
export function expectGiven({ connection, pool }: GivenConnection): void {
  if (connection !== undefined && !(connection instanceof Object))
    throw wrong('connection', 'no object')
  if (pool !== undefined && typeof pool?.connect !== 'function')
    throw wrong('pool', 'nothing that has a method `connect`')
  if (connection === undefined || pool === undefined) return
  throw new LimbeckError('USAGE', 'Both `connection` and `pool` were given, and one is meant.', {
    hint: 'Give the pool, or a connection of it.',
  })
}

function wrong(option: string, what: string): LimbeckError {
  return new LimbeckError('CONFIGURE_INVALID', `${option}: it is ${what}.`, {
    facts: { option },
    hint: 'A connection is a connected Client of pg, a pool is a Pool of pg: `new pg.Pool({ connectionString })`.',
  })
}

/** A session of the application's, beside which others may be opened where a URL is given. */
export async function takeUp(
  connection: object,
  url: string | undefined,
): Promise<OpenedConnection> {
  if (url !== undefined) rememberSecrets(url)
  const { restore, ...shared } = await shareConnection(connection)
  // A transaction of the application's that has failed takes with it, at its end, what was set in it.
  return { ...shared, url, isShared: true, giveBack: () => restore().catch(() => undefined) }
}

async function takeFrom(
  pool: ConnectionPool,
  url: string | undefined,
  signal: AbortSignal | undefined,
): Promise<OpenedConnection> {
  const client = await unlessInterrupted(signal, pool.connect(), late => late.release())
  try {
    if (url !== undefined) rememberSecrets(url)
    const { restore, ...taken } = await shareConnection(client)
    const isWhole = () => !taken.connection.isInTransaction?.()
    const giveBack = async () => client.release(!(await restore().then(isWhole, () => false)))
    return { ...taken, url, isShared: true, giveBack }
  } catch (error) {
    client.release(true)
    throw error
  }
}
