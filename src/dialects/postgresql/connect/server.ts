import type { Client, ClientConfig } from 'pg'
import { LimbeckError } from '../../../errors.ts'
import type { Connection } from '../../dialect.ts'
import {
  type ConnectionTarget,
  connectionError,
  isUnreachable,
  lacksTls,
  mayDependOnTls,
} from './connection-errors.ts'
import { importDriver } from './driver.ts'
import { ServerConnection, type StatementListener } from './server-connection.ts'
import { toOptions } from './settings.ts'
import { type TlsChoice, tlsChoices } from './tls.ts'
import { parseUrl, type ServerAddress, type ServerHost } from './url.ts'
import { valueParser } from './values.ts'
import { versionNumber } from './version-number.ts'

export interface ConnectServerOptions {
  readonly url: string
  /** Another database of the same server than the URL names. */
  readonly database?: string | undefined
  /** What the server shows as the session's application, unless the URL says. */
  readonly applicationName?: string | undefined
  /** Milliseconds; by default what the URL says (`connect_timeout`, seconds), else ten seconds. */
  readonly connectTimeout?: number | undefined
  /** Values that settings have from the start and go back to on RESET. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Is told every statement before it is sent. */
  readonly onStatement?: StatementListener | undefined
}

/** Connects to a PostgreSQL server through `pg`; what fails is a `LimbeckError` with the next step. */
export async function connectServer(options: ConnectServerOptions): Promise<Connection> {
  const address = parseUrl(options.url)
  const { Client } = await importDriver('pg', importPg)
  let failure: LimbeckError | undefined
  for (const host of address.hosts) {
    try {
      return await connectHost(Client, host, address, options)
    } catch (error) {
      if (!(error instanceof LimbeckError) || !isUnreachable(error)) throw error
      failure ??= error
    }
  }
  throw failure
}

/**
 * Where there is no `navigator` (Node 20), pg makes a `Response` to learn whether it runs at
 * Cloudflare, and so loads all of fetch: 18 ms of a start-up. It is told that it runs in Node.
 */
async function importPg() {
  if ('navigator' in globalThis) return (await import('pg')).default
  const navigator = { value: { userAgent: 'Node.js' }, configurable: true }
  Object.defineProperty(globalThis, 'navigator', navigator)
  try {
    return (await import('pg')).default
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator')
  }
}

async function connectHost(
  Driver: typeof Client,
  host: ServerHost,
  address: ServerAddress,
  options: ConnectServerOptions,
): Promise<Connection> {
  let failure: LimbeckError | undefined
  for (const tls of tlsChoices(address.parameters)) {
    const config = clientConfig(host, address, tls, options)
    const client = new Driver(config)
    try {
      const serverVersion = await open(client, address)
      const { application_name } = config
      return new ServerConnection(client, serverVersion, options.onStatement, application_name)
    } catch (error) {
      // That the last resort, TLS, is not there says less than why the plain way was barred.
      if (!failure || !lacksTls(error)) failure = connectionError(error, targetOf(client))
      await client.end().catch(() => undefined)
      if (!mayDependOnTls(error)) break
    }
  }
  throw failure
}

function clientConfig(
  { host, port }: ServerHost,
  { user, password, database, parameters }: ServerAddress,
  ssl: TlsChoice,
  options: ConnectServerOptions,
): ClientConfig {
  const seconds = Number(parameters.get('connect_timeout') || 10)
  const chosen = {
    host,
    port,
    user,
    password,
    database: options.database ?? database,
    application_name: parameters.get('application_name') ?? options.applicationName,
    options: [parameters.get('options'), toOptions(options.settings)].filter(Boolean).join(' '),
  }
  return {
    ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)),
    ssl,
    connectionTimeoutMillis: options.connectTimeout ?? seconds * 1000,
    enableChannelBinding: parameters.get('channel_binding') === 'require',
    keepAlive: true,
    types: { getTypeParser: valueParser as never },
  }
}

function targetOf({ host, port, user = '', database = '' }: Client): ConnectionTarget {
  return { host, port, user, database }
}

/** Connects, and gives the version that the server announces with it. */
async function open(client: Client, { parameters }: ServerAddress): Promise<number> {
  // Without a listener, a session that the server ends while it is idle would end the process.
  client.on('error', () => undefined)
  let version = ''
  wireOf(client).on('parameterStatus', ({ parameterName, parameterValue }) => {
    if (parameterName === 'server_version') version = parameterValue
  })
  await client.connect()
  if (/^(read-write|primary)$/.test(parameters.get('target_session_attrs') ?? '')) {
    await expectPrimary(client)
  }
  return versionNumber(version)
}

async function expectPrimary(client: Client): Promise<void> {
  const { rows } = await client.query('SELECT pg_is_in_recovery() AS standby')
  if (rows[0].standby) throw new Error('it is a standby, and the URL asks for a primary')
}

interface ParameterStatus {
  readonly parameterName: string
  readonly parameterValue: string
}

/** The part of pg that speaks the protocol; its types leave it out. */
function wireOf(client: Client) {
  const { connection } = client as unknown as {
    readonly connection: {
      on(event: 'parameterStatus', listener: (message: ParameterStatus) => void): void
    }
  }
  return connection
}
