import { readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LimbeckError } from '../../../errors.ts'
import { createWhole, throughPart } from '../../../files/whole-file.ts'

/** Who has an embedded database open, as its lock file says. */
interface LockHolder {
  readonly pid: number
  readonly host: string
  /** When the lock was taken, ISO 8601. */
  readonly since: string
  /** When the process started, in the system's own ticks: another process may get the same pid. */
  readonly processStart: string | undefined
  /** The directory is still being made: if its maker is gone, so is what it made worth. */
  readonly isCreating: boolean
}

/** An embedded database's directory, held by this process. */
export interface DirectoryLock {
  /** Whether whoever held the lock before died while making the directory. */
  readonly wasLeftHalfMade: boolean
  /** Notes that the directory is being made, or is whole now. */
  note(isCreating: boolean): void
  release(): void
}

/**
 * Takes the lock of an embedded database's directory. Two processes in one directory lose committed
 * rows without a word, so a live holder is `EMBEDDED_IN_USE`; one that died is replaced.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const path = `${directory}.lock`
  await mkdir(dirname(path), { recursive: true })
  for (;;) {
    if (tryCreate(path, describeSelf(false))) return held(path, false)
    const holder = readHolder(path)
    if (holder === undefined) continue
    if (isAlive(holder, path)) throw inUse(directory, path, holder)
    if (await replace(path)) return held(path, holder.isCreating)
  }
}

/**
 * Puts our lock in place of a dead one. Of several processes that see it dead only the one that
 * makes the second file may, and it looks again first: the lock may be a live one by now.
 */
async function replace(path: string): Promise<boolean> {
  const token = `${path}.takeover`
  if (!tryCreate(token, describeSelf(false))) {
    await sleep(20)
    const other = readHolder(token)
    if (other !== undefined && !isAlive(other, token)) rmSync(token, { force: true })
    return false
  }
  try {
    const holder = readHolder(path)
    if (holder === undefined || isAlive(holder, path)) return false
    overwrite(path, describeSelf(false))
    return true
  } finally {
    rmSync(token, { force: true })
  }
}

/** Locks of this process: a file with our pid that is not here was left by an earlier process. */
const own = new Set<string>()

function held(path: string, wasLeftHalfMade: boolean): DirectoryLock {
  own.add(path)
  const release = () => {
    process.off('exit', release)
    if (own.delete(path)) rmSync(path, { force: true })
  }
  process.once('exit', release)
  return {
    wasLeftHalfMade,
    note: isCreating => overwrite(path, describeSelf(isCreating)),
    release,
  }
}

function describeSelf(isCreating: boolean): string {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    processStart: processStart(process.pid),
    isCreating,
  }
  return `${JSON.stringify(holder)}\n`
}

/** Files appear whole or not at all: a reader who saw half of one would think its holder dead. */
function tryCreate(path: string, text: string): boolean {
  try {
    createWhole(path, text)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function overwrite(path: string, text: string): void {
  throughPart(path, text, part => renameSync(part, path))
}

/** Undefined where the file is gone; a holder that cannot be alive where it makes no sense. */
function readHolder(path: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    return { pid: 0, host: hostname(), since: '', processStart: undefined, isCreating: false }
  }
}

/** A holder on another host cannot be asked, and counts as alive. */
function isAlive(holder: LockHolder, path: string): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return own.has(path)
  const start = holder.processStart ?? processStart(holder.pid)
  return isRunning(holder.pid) && processStart(holder.pid) === start
}

function isRunning(pid: number): boolean {
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Field 22 of Linux's /proc/PID/stat; undefined where there is none, then the pid has to do. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function inUse(directory: string, lock: string, { pid, host, since }: LockHolder): LimbeckError {
  const isHere = host === hostname()
  const who = isHere ? `process ${pid}` : `process ${pid} on ${host}`
  return new LimbeckError(
    'EMBEDDED_IN_USE',
    `The embedded database in ${directory} is open in ${who} since ${since}.`,
    {
      facts: { directory, lock, pid, host, since },
      hint: isHere
        ? 'End that process, or wait until it is done: an embedded database serves one process at a time.'
        : `If that process no longer exists, remove ${lock}.`,
    },
  )
}
