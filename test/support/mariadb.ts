import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endGuarded, spawnGuarded } from './guarded-process.ts'
import { newServerFolder, sweepServerFolders, templateFolder } from './postgres-directories.ts'
import { freePort } from './postgres-process.ts'
import { runAsServerUser } from './postgres-user.ts'
import { findProgram, type Outcome, runProgram } from './run-program.ts'

/** A running MariaDB that this process started. */
export interface MariadbProcess {
  readonly port: number
  /** The server itself, for tests that kill it. */
  readonly pid: number
  createDatabase(name: string): Promise<MariadbDatabase>
  /** Ends the server and removes its files. */
  stop(): Promise<void>
}

export interface MariadbDatabase {
  readonly name: string
  readonly url: string
  /** Feeds a script to `mariadb`. */
  run(script: string, args?: readonly string[]): Promise<Outcome>
  /** Everything in it as `mariadb-dump` writes it: routines and rows, too. */
  dump(): Promise<string>
  drop(): Promise<void>
}

const programs = ['mariadb', 'mariadb-dump', 'mariadbd', 'mariadb-install-db']

/** What to do where there is no MariaDB; undefined where there is one. */
export function missingMariadb(): string | undefined {
  const missing = programs.filter(name => findProgram(name) === undefined)
  if (missing.length === 0) return undefined
  return `there is no ${missing.join(', ')}: install mariadb-server`
}

/** Nothing here has to survive a power cut, and small files are copied faster. */
const settings = [
  '--no-defaults',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-log-file-size=4M',
  '--innodb-buffer-pool-size=32M',
  '--innodb-temp-data-file-path=ibtmp1:1M:autoextend',
  '--skip-log-bin',
  '--bind-address=127.0.0.1',
]

/** Starts a server of its own, whose root needs no password. */
export async function startMariadb(): Promise<MariadbProcess> {
  sweepServerFolders()
  const template = dataTemplate()
  for (let attempt = 1; ; attempt++) {
    const folder = newServerFolder()
    runAsServerUser('cp', ['-R', template, join(folder, 'data')], { cwd: folder })
    const port = await freePort()
    const places = [`--datadir=${folder}/data`, `--socket=${folder}/socket`, `--port=${port}`]
    const command = [findProgram('mariadbd')!, ...settings, ...places]
    const child = spawnGuarded({ folder, command, signal: 'TERM' })
    const failure = await readiness(folder)
    if (failure === undefined) return runningServer(folder, port, child)
    await endGuarded(child)
    // Another process can take a free port before the server does.
    if (attempt === 5 || !failure.includes('Bind on TCP/IP port')) throw new Error(failure)
  }
}

function runningServer(folder: string, port: number, child: ChildProcess): MariadbProcess {
  return {
    port,
    pid: Number(readFileSync(join(folder, 'pid'), 'utf8')),
    createDatabase: name => createDatabase(port, name),
    stop: () => endGuarded(child),
  }
}

/** Waits until the server takes connections; returns its log where it never will. */
async function readiness(folder: string): Promise<string | undefined> {
  const path = join(folder, 'log')
  let log = ''
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(10)) {
    log = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (log.includes('ready for connections')) return undefined
    if (log.includes('[ERROR] Aborting')) break
  }
  return `MariaDB did not start: ${log}`
}

function dataTemplate(): string {
  return templateFolder('mariadb', folder => {
    runAsServerUser(
      findProgram('mariadb-install-db')!,
      [
        ...settings.slice(0, 3),
        `--datadir=${folder}`,
        ...['--auth-root-authentication-method=normal', '--skip-test-db'],
      ],
      { cwd: folder },
    )
  })
}

async function createDatabase(port: number, name: string): Promise<MariadbDatabase> {
  await statement(port, `CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`)
  const dumpArguments = ['--skip-comments', '--routines', '--events', '--skip-extended-insert']
  return {
    name,
    url: `mysql://root@127.0.0.1:${port}/${name}`,
    run: (script, args = []) => client(port, [...args, name], script),
    dump: async () =>
      expectDone(
        await runProgram(findProgram('mariadb-dump')!, [...login(port), ...dumpArguments, name]),
      ),
    drop: async () => void (await statement(port, `DROP DATABASE \`${name}\``)),
  }
}

const login = (port: number) => [
  '--no-defaults',
  '--host=127.0.0.1',
  `--port=${port}`,
  '--user=root',
]

const client = (port: number, args: readonly string[], input = ''): Promise<Outcome> =>
  runProgram(findProgram('mariadb')!, [...login(port), ...args], { input })

const statement = async (port: number, sql: string): Promise<string> =>
  expectDone(await client(port, ['-e', sql]))

function expectDone({ status, stdout, stderr }: Outcome): string {
  if (status === 0) return stdout
  throw new Error(stderr)
}
