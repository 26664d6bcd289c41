import type { Client } from 'pg'
import type { Connection } from '../../dialect.ts'
import { ServerConnection } from './server-connection.ts'
import {
  readSettings,
  restoreSettings,
  type SessionSettings,
  settingsColumns,
} from './session-settings.ts'

/** A session that limbeck uses for a while, and what gives it its settings back. */
export interface SharedSession {
  readonly connection: Connection
  restore(): Promise<void>
}

/** A client that the application has connected, as a connection. Who opened it ends it. */
export async function shareClient(client: Client): Promise<SharedSession> {
  const { rows } = await new ServerConnection(client, 0).query<SessionSettings & Version>(
    `SELECT current_setting('server_version_num') AS version, ${settingsColumns}`,
  )
  const connection = new ServerConnection(client, Number(rows[0]!.version))
  // A client that a pool has lent has no listener, and would end the process with its connection.
  client.on('error', ignore)
  const restore = () =>
    restoreSettings(connection, rows[0]!).finally(() => client.off('error', ignore))
  return { connection, restore }
}

const ignore = (): void => {}

interface Version {
  readonly version: string
}

/** A connection of limbeck's that the application has opened. */
export async function shareOwn(connection: Connection): Promise<SharedSession> {
  const settings = await readSettings(connection)
  return { connection, restore: () => restoreSettings(connection, settings) }
}

/** A client of `pg`, of whatever copy of that package. */
export function isClient(value: object): value is Client {
  return 'query' in value && 'getTransactionStatus' in value
}

/** Whether it can be asked anything: what is sent before that waits, for ever where nobody connects. */
export function isConnected(client: Client): boolean {
  return typeof client.getTransactionStatus() === 'string'
}

/** Where a client is connected to, for people. */
export function displayOf({ user, host, port, database }: Client): string {
  return `postgresql://${user}@${host}:${port}/${database}`
}
