import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endGuarded, spawnGuarded } from './guarded-process.ts'
import { newServerFolder, sweepServerFolders } from './postgres-directories.ts'
import { freePort } from './postgres-process.ts'
import { findProgram } from './run-program.ts'

/** A running PgBouncer that this process started, before every database of one server. */
export interface PgbouncerProcess {
  readonly pid: number
  /** The way to a database of the server through it. */
  through(url: string): string
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

/** What to do where there is no PgBouncer; undefined where there is one. */
export function missingPgbouncer(): string | undefined {
  return findProgram('pgbouncer') === undefined
    ? 'there is no pgbouncer: install pgbouncer'
    : undefined
}

/** Settings by name, as its ini file takes them. */
type PgbouncerSettings = Readonly<Record<string, string | number>>

/** Starts one in transaction mode. */
export async function startPgbouncer(
  serverUrl: string,
  settings: PgbouncerSettings = {},
): Promise<PgbouncerProcess> {
  sweepServerFolders()
  for (let attempt = 1; ; attempt++) {
    const folder = newServerFolder()
    const port = await freePort()
    const file = writeSettings(folder, serverUrl, { listen_port: port, ...settings })
    const command = [findProgram('pgbouncer')!, file]
    const child = spawnGuarded({ folder, command, signal: 'TERM' })
    const failure = await readiness(folder)
    if (failure === undefined)
      return {
        pid: Number(readFileSync(join(folder, 'pid'), 'utf8')),
        through: url => Object.assign(new URL(url), { port }).href,
        stop: () => endGuarded(child),
      }
    await endGuarded(child)
    // Another process can take a free port before it does.
    if (attempt === 5) throw new Error(failure)
  }
}

function writeSettings(folder: string, serverUrl: string, settings: PgbouncerSettings): string {
  const { hostname, port, username, password } = new URL(serverUrl)
  const users = join(folder, 'users')
  writeFileSync(users, `"${username}" "${decodeURIComponent(password)}"\n`)
  const all = {
    listen_addr: '127.0.0.1',
    unix_socket_dir: '',
    pool_mode: 'transaction',
    auth_type: 'scram-sha-256',
    auth_file: users,
    max_client_conn: 200,
    default_pool_size: 10,
    ...settings,
  }
  const file = join(folder, 'pgbouncer.ini')
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(
    file,
    `[databases]\n* = host=${hostname} port=${port || 5432}\n[pgbouncer]\n${lines.join('\n')}\n`,
  )
  return file
}

/** Waits until it takes connections; returns its log where it never will. */
async function readiness(folder: string): Promise<string | undefined> {
  const path = join(folder, 'log')
  let log = ''
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(10)) {
    log = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (log.includes('process up')) return undefined
    if (log.includes('FATAL')) break
  }
  return `PgBouncer did not start: ${log}`
}
