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
