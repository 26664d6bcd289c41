import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that can be cut. */
export interface TcpProxy {
  /** The same database, through it. */
  through(url: string): string
  /** Cuts every connection that leads to a database. */
  cut(database: string): void
  stop(): Promise<void>
}

/** Starts one before a server. */
export async function startProxy(serverUrl: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Way>()
  const server = createServer(client => {
    const way: Way = { client, server: connect(Number(port || 5432), hostname), start: '' }
    open.add(way)
    client.on('data', data => (way.start += way.start.length < 500 ? data.toString('latin1') : ''))
    client.pipe(way.server).pipe(client)
    for (const socket of [client, way.server]) {
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(way)
        destroy(way)
      })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port
  return {
    through: url => Object.assign(new URL(url), { hostname: '127.0.0.1', port: own }).href,
    cut: database => {
      for (const way of open) if (way.start.includes(`database\0${database}\0`)) destroy(way)
    },
    stop: () => {
      for (const way of open) destroy(way)
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

interface Way {
  readonly client: Socket
  readonly server: Socket
  /** What the client has said first: the names of its user and its database. */
  start: string
}

function destroy({ client, server }: Way): void {
  client.destroy()
  server.destroy()
}
