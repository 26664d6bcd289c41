import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Report } from './events.ts'

/** In milliseconds: from when on a build is looked at, and how often it is worth a line of the log. */
const times = { first: 5000, betweenLines: 15_000, mostBetweenLines: 120_000 }

/** Tells how far the server is with an index, for as long as its statement runs. */
export class BuildWatch {
  readonly #dialect: Dialect
  readonly #report: Report
  #last = { build: '', next: 0, pause: 0 }

  constructor(dialect: Dialect, report: Report) {
    this.#dialect = dialect
    this.#report = report
  }

  /** Looks from another session, where nothing was heard of the run for so long. */
  async look(beside: Connection, pid: number, silence: number): Promise<void> {
    if (silence < times.first) return
    const build = await this.#dialect.indexBuild?.(beside, pid)
    if (build === undefined) return
    const isShown = this.#isDue(`${build.table} ${build.index}`)
    this.#report({ type: 'indexBuild', ...build, ...(isShown ? {} : { isShown }) })
  }

  /** The line after the first comes soon, those after it more and more seldom. */
  #isDue(build: string): boolean {
    const now = performance.now()
    if (build !== this.#last.build) this.#last = { build, next: now, pause: times.betweenLines }
    const { next, pause } = this.#last
    if (now < next) return false
    this.#last = { build, next: now + pause, pause: Math.min(pause * 1.5, times.mostBetweenLines) }
    return true
  }
}
