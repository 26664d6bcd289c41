import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { runAsServerUser, serverUser } from './postgres-user.ts'
import { temporaryRoot } from './temporary-root.ts'

/** The folder of everything test servers write. */
export function workFolder(): string {
  return ownFolder(temporaryRoot())
}

function ownFolder(parent: string): string {
  const owner = serverUser()?.uid ?? process.getuid?.() ?? 0
  const folder = join(parent, `limbeck-test-${owner}`)
  makeFolder(folder)
  if (lstatSync(folder).uid !== owner) {
    throw new Error(`${folder} belongs to another user; remove it or set TMPDIR.`)
  }
  return folder
}

function makeFolder(path: string): void {
  if (existsSync(path)) return
  mkdirSync(path, { recursive: true, mode: 0o700 })
  giveToServer(path)
}

function giveToServer(path: string): void {
  const user = serverUser()
  if (user !== undefined) chownSync(path, user.uid, user.gid)
}

/** A new folder for one server; its name says which process owns it. */
export function newServerFolder(): string {
  const parent = join(workFolder(), 'servers')
  makeFolder(parent)
  const folder = mkdtempSync(join(parent, `${hostname()}@${process.pid}@`))
  giveToServer(folder)
  return folder
}

/** A cached data directory: see `cachedFolder`. */
export function templateFolder(name: string, fill: (folder: string) => void): string {
  return cachedFolder(join(workFolder(), 'templates'), name, fill)
}

/**
 * A folder that is filled once and then shared by every run; `fill` writes into one that gets its
 * name when it is complete.
 */
function cachedFolder(parent: string, name: string, fill: (folder: string) => void): string {
  const folder = join(parent, name)
  if (existsSync(folder)) return folder
  makeFolder(parent)
  const draft = mkdtempSync(join(parent, `${name}@`))
  giveToServer(draft)
  try {
    fill(draft)
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** The binaries where the server's user can run them: a copy where the project lies under /root. */
export function reachableBinaries(binaries: PostgresBinaries): PostgresBinaries {
  if (serverUser() === undefined || canServerRun(binaries.prefix)) return binaries
  // Not in memory: containers forbid to run what lies in /dev/shm.
  const parent = join(ownFolder(tmpdir()), 'binaries')
  const prefix = cachedFolder(parent, `${binaries.major}-${binaries.version}`, folder =>
    cpSync(binaries.prefix, folder, { recursive: true, verbatimSymlinks: true }),
  )
  return { ...binaries, prefix }
}

function canServerRun(prefix: string): boolean {
  try {
    runAsServerUser(join(prefix, 'bin', 'postgres'), ['--version'], { cwd: '/' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false
    throw error
  }
}

/** Ends servers whose owner died before it could, and removes what they left. */
export function sweepServerFolders(): void {
  const parent = join(workFolder(), 'servers')
  if (!existsSync(parent)) return
  for (const name of readdirSync(parent)) {
    const [host, pid] = name.split('@')
    if (host !== hostname() || isAlive(Number(pid))) continue
    const folder = join(parent, name)
    endOrphan(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

function endOrphan(folder: string): void {
  try {
    const pid = Number.parseInt(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10)
    if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(basename(folder))) {
      process.kill(pid, 'SIGQUIT')
    }
  } catch {
    // No such file or process: nothing is running there.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
