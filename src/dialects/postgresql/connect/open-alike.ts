import type { Client, ClientConfig } from 'pg'

/** What a client was made with, as it keeps it; pg's types leave most of it out. */
interface Settings {
  readonly ssl: ClientConfig['ssl']
  readonly enableChannelBinding: boolean
  readonly connectionParameters: { readonly options?: string | undefined }
  readonly _connectionTimeoutMillis: number
}

/** Connects another client as one that is connected: by the same driver, with the password it was let in with. */
export async function openAlike(client: Client, applicationName: string): Promise<Client> {
  const { ssl, enableChannelBinding, connectionParameters, _connectionTimeoutMillis } =
    client as unknown as Settings
  const Driver = client.constructor as typeof Client
  const alike = new Driver({
    host: client.host,
    port: client.port,
    user: client.user,
    password: client.password,
    database: client.database,
    application_name: applicationName,
    options: connectionParameters.options,
    ssl,
    enableChannelBinding,
    connectionTimeoutMillis: _connectionTimeoutMillis || usualTimeout,
    keepAlive: true,
  })
  // Without a listener, a session that the server ends while it is idle would end the process.
  alike.on('error', () => undefined)
  try {
    await alike.connect()
  } catch (error) {
    await alike.end().catch(() => undefined)
    throw error
  }
  return alike
}

/** In milliseconds. */
const usualTimeout = 10_000
