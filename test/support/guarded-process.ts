import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { serverEnvironment, serverUser } from './postgres-user.ts'

/**
 * Stands between us and a server: when its standard input closes, because we asked or because we
 * died in whatever way, it shuts the server down and removes the folder. A line of it names a signal
 * that ends the server, which is started anew.
 */
const guardian = `
folder=$1; signal=$2; shift 2
start() {
  "$@" >"$folder/log" 2>&1 &
  server=$!
  echo $server >"$folder/pid"
}
start "$@"
while read -r ending; do
  kill -$ending $server 2>/dev/null
  wait $server
  start "$@"
done
kill -$signal $server 2>/dev/null
wait $server
rm -rf "$folder"
`

export interface GuardedServer {
  /** Holds the server's files, its `log` and its `pid`; goes with it. */
  readonly folder: string
  readonly command: readonly string[]
  /** What tells it to end at once, and in good order. */
  readonly signal: 'INT' | 'TERM'
}

/** Starts a server that does not outlive this process. */
export function spawnGuarded({ folder, command, signal }: GuardedServer): ChildProcess {
  const child = spawn('sh', ['-c', guardian, 'sh', folder, signal, ...command], {
    ...serverUser(),
    cwd: folder,
    env: serverEnvironment,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of the terminal's reach: a Ctrl-C is for the tests, and the server ends with them.
    detached: true,
  })
  child.unref()
  const pipe = child.stdin as Socket
  pipe.unref()
  return child
}

/** Ends a server with a signal, and starts it again. */
export function restartGuarded(child: ChildProcess, signal: 'INT' | 'QUIT' | 'KILL'): void {
  child.stdin?.write(`${signal}\n`)
}

/** Ends a server and waits until its files are gone. */
export async function endGuarded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.ref()
  child.stdin?.end()
  await ended
}
