import type { Client } from 'pg'
import type { Connection } from '../../dialect.ts'
import { ServerConnection } from './server-connection.ts'

/** A client that the application has connected, as a connection. Who opened it ends it. */
export async function shareClient(client: Client): Promise<Connection> {
  const connection = new ServerConnection(client, 0)
  const { rows } = await connection.query<{ version: string }>(
    "SELECT current_setting('server_version_num') AS version",
  )
  return new ServerConnection(client, Number(rows[0]?.version))
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
