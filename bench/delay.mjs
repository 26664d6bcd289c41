// A network that is some milliseconds away, in a process of its own so that it does not take the time of
// those that it connects.
import { fork } from 'node:child_process'
import { connect, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** Starts a proxy to a port of this machine; a round trip through it takes that much longer. */
export async function startDelay(port, milliseconds) {
  const child = fork(fileURLToPath(import.meta.url), [String(port), String(milliseconds)])
  const own = await new Promise(resolve => child.once('message', resolve))
  return { port: own, stop: async () => child.kill() }
}

function serve(port, milliseconds) {
  const server = createServer(client => {
    const database = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, database],
      [database, client],
    ]) {
      from.setNoDelay(true)
      from.on('data', data => setTimeout(() => to.destroyed || to.write(data), milliseconds / 2))
      from.on('end', () => setTimeout(() => to.end(), milliseconds / 2))
      from.on('error', () => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  serve(Number(process.argv[2]), Number(process.argv[3]))
}
