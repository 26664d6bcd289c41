import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endGuarded, restartGuarded, spawnGuarded } from './guarded-process.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import {
  newServerFolder,
  reachableBinaries,
  sweepServerFolders,
  templateFolder,
} from './postgres-directories.ts'
import { runAsServerUser } from './postgres-user.ts'

/** The superuser's password: a word that must never be seen in anything limbeck prints. */
export const serverPassword = 'quicksilver'

/** A running PostgreSQL that this process started. */
export interface PostgresProcess {
  /** The database `postgres`, as its superuser. */
  readonly url: string
  readonly major: number
  /** The postmaster, for tests that kill it. */
  readonly pid: number
  /** What the server has logged so far. */
  log(): string
  /** Ends it as `pg_ctl -m fast` (INT) or `-m immediate` (QUIT) would, or with no warning, and starts it again. */
  restart(signal: 'INT' | 'QUIT' | 'KILL'): Promise<void>
  /** Ends the server and removes its files. */
  stop(): Promise<void>
}

/** Server settings by name, as `-c name=value` takes them. */
export type ServerSettings = Readonly<Record<string, string | number>>

/** Nothing here has to survive a power cut, so nothing waits for a disk. */
const throwAwaySettings: ServerSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  // Inside the data directory, so that a killed server leaves nothing in shared memory.
  dynamic_shared_memory_type: 'mmap',
  min_wal_size: '4MB',
  max_wal_size: '128MB',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/** Starts a server of its own, on a copy of the cached template unless `fill` makes its data directory. */
export async function startPostgres(
  found: PostgresBinaries,
  settings: ServerSettings = {},
  fill?: ((data: string) => void) | undefined,
): Promise<PostgresProcess> {
  sweepServerFolders()
  const binaries = reachableBinaries(found)
  const copy = (data: string) =>
    runAsServerUser('cp', ['-R', dataTemplate(binaries), data], { cwd: '/' })
  for (let attempt = 1; ; attempt++) {
    const folder = newServerFolder()
    const fillData = fill ?? copy
    fillData(join(folder, 'data'))
    const port = await freePort()
    const child = spawnPostgres(binaries, folder, { ...throwAwaySettings, ...settings, port })
    const failure = await readiness(folder, child)
    if (failure === undefined) return runningServer(binaries.major, folder, port, child)
    await endGuarded(child)
    // Another process can take a free port before the server does.
    if (attempt === 5 || !failure.includes('could not bind')) throw new Error(failure)
  }
}

function dataTemplate(binaries: PostgresBinaries): string {
  return templateFolder(`${binaries.major}-${binaries.version}`, folder => {
    const passwordFile = `${folder}.password`
    writeFileSync(passwordFile, serverPassword)
    runAsServerUser(
      join(binaries.prefix, 'bin', 'initdb'),
      [
        ...['-D', folder, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
        ...['-E', 'UTF8', '--locale=C', '--wal-segsize=1', '--no-sync'],
      ],
      { cwd: folder },
    )
    rmSync(passwordFile)
  })
}

function spawnPostgres(
  binaries: PostgresBinaries,
  folder: string,
  settings: ServerSettings,
): ChildProcess {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const server = join(binaries.prefix, 'bin', 'postgres')
  const command = [server, '-D', join(folder, 'data'), ...options]
  return spawnGuarded({ folder, command, signal: 'INT' })
}

/** Waits until the server answers; returns its log where it never will. */
async function readiness(folder: string, child: ChildProcess): Promise<string | undefined> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(5)) {
    const log = logOf(folder)
    if (/ready to accept (read.only )?connections/.test(log)) return undefined
    if (log.includes('FATAL:') || child.exitCode !== null) return `PostgreSQL did not start: ${log}`
  }
  return `PostgreSQL did not start within a minute: ${logOf(folder)}`
}

function logOf(folder: string): string {
  const path = join(folder, 'log')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function runningServer(
  major: number,
  folder: string,
  port: number,
  child: ChildProcess,
): PostgresProcess {
  return {
    url: `postgresql://postgres:${serverPassword}@127.0.0.1:${port}/postgres`,
    major,
    get pid() {
      return Number(readFileSync(join(folder, 'pid'), 'utf8'))
    },
    log: () => logOf(folder),
    restart: signal => restart(folder, child, signal),
    stop: () => endGuarded(child),
  }
}

/** A server that was killed leaves processes that keep the next one away for a moment. */
async function restart(
  folder: string,
  child: ChildProcess,
  signal: 'INT' | 'QUIT' | 'KILL',
): Promise<void> {
  for (let attempt = 1; attempt < 50; attempt++) {
    // Only what the next one says counts.
    rmSync(join(folder, 'log'), { force: true })
    restartGuarded(child, signal)
    while (!/ready to accept|pre-existing shared memory|lock file/.test(logOf(folder)))
      await sleep(5)
    if (logOf(folder).includes('ready to accept')) return
    await sleep(100)
  }
  throw new Error(`PostgreSQL did not start again: ${logOf(folder)}`)
}

/** A port of the loopback address that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
