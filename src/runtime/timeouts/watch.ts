import { performance } from 'node:perf_hooks'
import type { Connection, Dialect } from '../../dialects/dialect.ts'
import type { Blocker } from '../../dialects/timeouts.ts'
import { BuildWatch } from '../build-watch.ts'
import type { Report } from '../events.ts'
import { beforeBlockers, lengthText } from './describe.ts'
import type { RunLimits } from './limits.ts'

export interface WatchParts {
  readonly dialect: Dialect
  readonly connection: Connection
  readonly limits: RunLimits
  readonly report: Report
  /** The session of the server that the run is in now, where that is known. */
  pid(): number | undefined
}

/** In milliseconds. */
const times = { longestLook: 1000, shortestLook: 50, betweenWords: 10_000 }

/**
 * Sees who keeps a run waiting while it waits: afterwards nobody can tell. Where nothing is heard of the
 * run for a while it looks, on a connection of its own that is opened then.
 */
export class LockWatch {
  readonly #parts: WatchParts
  readonly #timer: NodeJS.Timeout
  readonly #pause: number
  readonly #builds: BuildWatch
  #heard = performance.now()
  #told = { pids: '', at: Number.NEGATIVE_INFINITY }
  #seen: readonly Blocker[] = []
  #beside: Promise<Connection> | undefined
  #isLooking = false

  constructor(parts: WatchParts) {
    this.#parts = parts
    this.#builds = new BuildWatch(parts.dialect, parts.report)
    const limit = parts.limits.inForce.lock.milliseconds || times.longestLook
    this.#pause = Math.min(Math.max(limit / 3, times.shortestLook), times.longestLook)
    this.#timer = setInterval(() => void this.#look(), this.#pause).unref()
  }

  /** Passes on what is told of the run, and hears that it goes on. */
  readonly report: Report = (...told) => {
    this.#heard = performance.now()
    this.#parts.report(...told)
  }

  /** Who was seen since this was last asked. */
  take(): readonly Blocker[] {
    const seen = this.#seen
    this.#seen = []
    this.#told = { pids: '', at: Number.NEGATIVE_INFINITY }
    return seen
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    const beside = await this.#beside?.catch(() => undefined)
    await beside?.close().catch(() => undefined)
  }

  async #look(): Promise<void> {
    const pid = this.#parts.pid()
    const waited = performance.now() - this.#heard
    if (this.#isLooking || pid === undefined || waited < this.#pause) return
    this.#isLooking = true
    // Where there is no connection to be had, or it ends, nobody is seen.
    await this.#ask(pid, waited).catch(() => clearInterval(this.#timer))
    this.#isLooking = false
  }

  async #ask(pid: number, waited: number): Promise<void> {
    const { connection, dialect } = this.#parts
    this.#beside ??= connection.openBeside!('limbeck (watching)')
    const beside = await this.#beside
    const blockers = await dialect.blockers!(beside, pid)
    if (blockers.length === 0) return this.#builds.look(beside, pid, waited)
    this.#seen = blockers
    this.#tell(blockers)
  }

  /** At once, then every ten seconds, and when others are in the way. */
  #tell(blockers: readonly Blocker[]): void {
    const now = performance.now()
    const pids = blockers.map(({ pid }) => pid).join(' ')
    if (pids === this.#told.pids && now - this.#told.at < times.betweenWords) return
    this.#told = { pids, at: now }
    const waited = Math.round(now - this.#heard)
    const words = `Waiting for a lock for ${lengthText(waited)}, behind`
    const message = beforeBlockers(words, blockers)
    this.#parts.report({ type: 'blocked', message, blockers, waited })
  }
}
