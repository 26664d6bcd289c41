import { redact } from '../credentials/secrets.ts'
import type { RuntimeEvent } from '../runtime/events.ts'
import { backfillText, beginningOf, buildText, type EventOf } from './event-text.ts'
import type { StatusLine } from './status-line.ts'

/** In milliseconds. What is done at once needs no line. */
const times = { first: 1000, between: 250 }

/** What a run is at, in one line of a terminal that is kept up to date. */
export class RunStatus {
  readonly #line: StatusLine
  #timer: NodeJS.Timeout | undefined
  #began = 0
  #step = ''
  #doing: { readonly text: string; readonly since?: number | undefined } = { text: '' }
  #isBackfilling = false

  constructor(line: StatusLine) {
    this.#line = line
  }

  /** Takes an event of the run. */
  take(event: RuntimeEvent): void {
    if (event.type === 'run') this.#begin(event.steps)
    else if (event.type === 'runDone') this.end()
    else if (event.type === 'step') this.#beginStep(event)
    else if (event.type === 'stepDone') this.#do('done')
    else if (event.type === 'commitBoundary') this.#do('committed')
    else if (event.type === 'indexBuild') this.#do(buildText(event), this.#doing.since)
    else if (event.type === 'backfill') this.#tellBackfill(event)
    else if (event.type === 'statement') this.#tellStatement(event.sql)
    else if (event.type === 'statementDone' && !this.#isBackfilling) this.#do('')
  }

  /** Makes way for a line; the next time it is shown below that. */
  clear(): void {
    this.#line.clear()
  }

  /** Nothing more is shown. */
  end(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#line.end()
  }

  #begin(steps: number): void {
    this.end()
    this.#began = performance.now()
    this.#step = `${steps} to run`
    this.#do('')
    this.#timer = setInterval(() => this.#show(), times.between).unref()
  }

  #beginStep(event: EventOf<'step'>): void {
    this.#step = stepText(event)
    this.#do('')
  }

  #tellBackfill(event: EventOf<'backfill'>): void {
    this.#do(backfillText(event))
    this.#isBackfilling = event.secondsLeft !== 0
  }

  /** Those of a backfill say less than how far it is. */
  #tellStatement(sql: string): void {
    if (!this.#isBackfilling) this.#do(beginningOf(sql, 200), performance.now())
  }

  #do(text: string, since?: number): void {
    this.#doing = { text, since }
    this.#isBackfilling = false
  }

  #show(): void {
    const now = performance.now()
    if (now - this.#began < times.first) return
    const { text, since } = this.#doing
    const took = since === undefined ? '' : `${clockText(now - since)} `
    const doing = text === '' ? '' : ` | ${took}${text}`
    this.#line.show(redact(`[${clockText(now - this.#began)}] ${this.#step}${doing}`))
  }
}

/** The first line of the message is enough. */
function stepText({ direction, revision, message, place, of }: EventOf<'step'>): string {
  const where = place === undefined ? '' : ` ${place} of ${of}`
  return `${direction}${where}: ${revision} ${beginningOf(message, 40)}`.trimEnd()
}

/** Minutes and seconds as a clock shows them, and hours where there are some: `0:07`, `1:02:03`. */
function clockText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = two(seconds % 60)
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${two(minutes)}:${rest}`
}
