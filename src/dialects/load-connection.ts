import { LimbeckError } from '../errors.ts'
import type { Connection, DialectName } from './dialect.ts'

/** Where a database is: a server's URL, or a directory of the project (without one: in memory). */
export type ConnectionAddress =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory?: string | undefined }

/** What a connection is opened with; each kind of address takes what concerns it. */
export interface LoadConnectionOptions {
  /** Another database of the same server than the URL names. */
  readonly database?: string | undefined
  /** What the server shows as the session's application, unless the URL says. */
  readonly applicationName?: string | undefined
  /** Milliseconds until a server that does not answer is given up. */
  readonly connectTimeout?: number | undefined
  /** Values that settings have from the start and go back to on RESET. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Where the embedded database keeps what it need not make twice. */
  readonly cacheDirectory?: string | undefined
  /** Extensions that may be created in the embedded database; absent: all that are installed. */
  readonly extensions?: readonly string[] | undefined
  /** Is told what takes time, in a few words. */
  readonly onProgress?: ((message: string) => void) | undefined
  /** Is told every statement before it is sent. */
  readonly onStatement?: ((sql: string, parameters?: readonly unknown[]) => void) | undefined
}

/** Opens a session; the driver and its room are loaded only now. */
export async function loadConnection(
  dialect: DialectName,
  address: ConnectionAddress,
  options: LoadConnectionOptions = {},
): Promise<Connection> {
  if (dialect !== 'postgresql') {
    const database = { sqlite: 'SQLite', mysql: 'MySQL' }[dialect]
    throw new LimbeckError(
      'DIALECT_UNSUPPORTED',
      `limbeck writes SQL for ${database} and does not connect to it.`,
      {
        facts: { dialect, capability: 'connect', supported: ['postgresql'] },
        hint: `Write the script with --sql and a range (\`limbeck upgrade base:head --sql\`), and run it with ${database}'s own client.`,
      },
    )
  }
  if (address.kind === 'embedded') {
    const { connectEmbedded } = await import('./postgresql/connect/embedded.ts')
    return connectEmbedded({ ...options, directory: address.directory })
  }
  const { connectServer } = await import('./postgresql/connect/server.ts')
  return connectServer({ ...options, url: address.url })
}

/** A session that the application has opened, and what to call it. */
export interface SharedConnection {
  readonly connection: Connection
  readonly display: string
  /** Gives the session the settings back that it had. */
  restore(): Promise<void>
}

/** Takes up a session of the application: a connection of limbeck's, or a client of `pg`. */
export async function shareConnection(given: object): Promise<SharedConnection> {
  const { displayOf, isClient, isConnected, shareClient, shareOwn } = await import(
    './postgresql/connect/shared.ts'
  )
  const driver = isConnection(given) && given.driver instanceof Object ? given.driver : given
  const display = isClient(driver) ? displayOf(driver) : 'a connection of the application'
  if (isConnection(given)) return { ...(await shareOwn(given)), display }
  const isOpen = isClient(given) && isConnected(given)
  if (isOpen) return { ...(await shareClient(given)), display }
  const what = isClient(given) ? 'a client that is not connected' : whatItIs(given)
  throw new LimbeckError('CONFIGURE_INVALID', `connection: it is ${what}.`, {
    hint: 'Give a connected Client of pg (8.23 or newer), or what `await pool.connect()` returns.',
  })
}

const isConnection = (value: object): value is Connection =>
  'executeAll' in value && 'serverVersion' in value

const whatItIs = (value: object): string =>
  'totalCount' in value ? 'a pool, and a session is needed' : 'no session that limbeck knows'
