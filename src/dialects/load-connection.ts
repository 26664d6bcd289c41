import { LimbeckError } from '../errors.ts'
import type { Connection, DialectName } from './dialect.ts'

/** Where a database is: a server's URL, or a directory of the project. */
export type ConnectionAddress =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory: string }

export interface LoadConnectionOptions {
  readonly applicationName: string
  /** Where the embedded database keeps what it need not make twice. */
  readonly cacheDirectory: string
  /** Is told what takes time. */
  readonly onProgress: (message: string) => void
}

/** Opens a session; the driver and its room are loaded only now. */
export async function loadConnection(
  dialect: DialectName,
  address: ConnectionAddress,
  options: LoadConnectionOptions,
): Promise<Connection> {
  if (dialect !== 'postgresql')
    throw new LimbeckError('DIALECT_UNSUPPORTED', `limbeck does not speak ${dialect} yet.`, {
      facts: { dialect, supported: ['postgresql'] },
      hint: 'Set `dialect` to "postgresql".',
    })
  if (address.kind === 'embedded') {
    const { connectEmbedded } = await import('./postgresql/connect/embedded.ts')
    return connectEmbedded({ ...options, directory: address.directory })
  }
  const { connectServer } = await import('./postgresql/connect/server.ts')
  return connectServer({ url: address.url, applicationName: options.applicationName })
}
