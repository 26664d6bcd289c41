import type { LogLevel } from '../config/config.ts'
import { redact } from '../credentials/secrets.ts'
import type { RuntimeEvent } from '../runtime/events.ts'
import type { Colours } from './colours.ts'
import { eventText } from './event-text.ts'
import type { Output } from './io.ts'
import { logLine } from './log-line.ts'
import type { RunStatus } from './run-status.ts'

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 }

const words: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO ',
  warning: 'WARN ',
  error: 'ERROR',
}

export interface ReporterOptions {
  /** A level asked for on the command line, which the config does not change. */
  readonly level?: LogLevel | undefined
  /** Until the config has been read. */
  readonly format?: 'text' | 'json' | undefined
  /** Where somebody sits and watches. */
  readonly status?: RunStatus | undefined
}

/** Tells on stderr what happens while a command works. */
export class Reporter {
  readonly #stderr: Output
  readonly #colours: Colours
  readonly #override: LogLevel | undefined
  readonly #status: RunStatus | undefined
  #level: LogLevel = 'info'
  #format: 'text' | 'json'
  #showsParameters = false

  constructor(stderr: Output, colours: Colours, options: ReporterOptions = {}) {
    const { level, format = 'text', status } = options
    this.#stderr = stderr
    this.#colours = colours
    this.#override = level
    this.#format = format
    this.#status = status
  }

  /** Whether errors, too, are to be written as JSON lines. */
  get format(): 'text' | 'json' {
    return this.#format
  }

  /** Takes an event; bound, so that it can be handed on as a function. */
  readonly report = (event: RuntimeEvent, at?: Date): void => {
    if (event.type === 'log') {
      this.#level = event.level
      this.#format = event.format
      this.#showsParameters = event.parameters
      return
    }
    const level = levelOf(event)
    if (ranks[level] >= this.#rank && !isHidden(event)) {
      this.#status?.clear()
      this.#stderr.write(`${this.#line(level, event, at)}\n`)
    }
    if (this.#rank <= ranks.info && this.#format === 'text') this.#status?.take(event)
  }

  get #rank(): number {
    return ranks[this.#override ?? this.#level]
  }

  /** What comes now is the end: a result, or an error. */
  end(): void {
    this.#status?.end()
  }

  #line(level: LogLevel, event: RuntimeEvent, at: Date | undefined): string {
    if (this.#format === 'json') return logLine(level, event, this.#showsParameters, at)
    const paint = level === 'warning' ? this.#colours.yellow : this.#colours.dim
    return `${paint(words[level])} ${indented(redact(eventText(event, this.#showsParameters)))}`
  }
}

const isHidden = (event: RuntimeEvent): boolean => 'isShown' in event && event.isShown === false

/** In milliseconds: from here on how long a statement took is worth a line beside it. */
const longStatement = 1000

function levelOf(event: RuntimeEvent): LogLevel {
  switch (event.type) {
    case 'warning':
      return 'warning'
    case 'statementDone':
      return event.milliseconds < longStatement ? 'debug' : 'info'
    case 'context':
    case 'run':
    case 'runDone':
    case 'stepDone':
      return 'debug'
    default:
      return 'info'
  }
}

/** Further lines stand under the first, so that a statement reads as one entry. */
const indented = (text: string): string => text.replaceAll('\n', '\n      ')
