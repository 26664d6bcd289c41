import { connect } from 'node:net'
import type { Client } from 'pg'

/** What a session is known by to whoever wants it stopped; pg's types leave it out. */
interface SessionKey {
  readonly processID: number | null
  readonly secretKey: number | null
}

/** Asks the server to stop what a session is doing: on a connection of its own, which says only that. */
export async function cancelSession(client: Client): Promise<void> {
  const { processID, secretKey } = client as unknown as SessionKey
  if (processID === null || secretKey === null) return
  const words = [16, requestCode, processID, secretKey]
  const request = Buffer.alloc(16)
  for (const [index, word] of words.entries()) request.writeInt32BE(word, index * 4)
  await send(client, request)
}

/** In the place of a protocol's version: 1234 and 5678. */
const requestCode = 80_877_102

/** The server closes the connection when it has passed the request on. */
function send({ host, port }: Client, request: Buffer): Promise<void> {
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
  return new Promise(resolve => {
    socket.setTimeout(patience, () => socket.destroy())
    // Where it cannot be passed on, what the session does comes to its end.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
    socket.on('connect', () => socket.end(request))
    socket.resume()
  })
}

/** In milliseconds. */
const patience = 5000
