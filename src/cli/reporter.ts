import { inspect } from 'node:util'
import type { LogLevel } from '../config/config.ts'
import { redact } from '../credentials/secrets.ts'
import { boundaryReasons, boundaryText, type CommitBoundary } from '../runtime/commit-boundary.ts'
import type { RuntimeEvent } from '../runtime/events.ts'
import type { Colours } from './colours.ts'
import type { Output } from './io.ts'

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 }

const words: Readonly<Record<LogLevel, string>> = {
  debug: 'DEBUG',
  info: 'INFO ',
  warning: 'WARN ',
  error: 'ERROR',
}

/** Tells on stderr what happens while a command works. */
export class Reporter {
  readonly #stderr: Output
  readonly #colours: Colours
  readonly #override: LogLevel | undefined
  #level: LogLevel = 'info'
  #format: 'text' | 'json' = 'text'

  /** `override`: a level asked for on the command line, which the config does not change. */
  constructor(stderr: Output, colours: Colours, override?: LogLevel | undefined) {
    this.#stderr = stderr
    this.#colours = colours
    this.#override = override
  }

  /** Whether errors, too, are to be written as JSON lines. */
  get format(): 'text' | 'json' {
    return this.#format
  }

  /** Takes an event; bound, so that it can be handed on as a function. */
  readonly report = (event: RuntimeEvent): void => {
    if (event.type === 'log') {
      this.#level = event.level
      this.#format = event.format
      return
    }
    const level = levelOf(event)
    if (ranks[level] < ranks[this.#override ?? this.#level]) return
    this.#stderr.write(`${this.#line(level, event)}\n`)
  }

  #line(level: LogLevel, event: RuntimeEvent): string {
    if (this.#format === 'json') return jsonLine(level, event)
    const paint = level === 'warning' ? this.#colours.yellow : this.#colours.dim
    return `${paint(words[level])} ${indented(redact(sentenceOf(event)))}`
  }
}

/** One event as one line of JSON. */
function jsonLine(level: LogLevel, { type, ...facts }: RuntimeEvent): string {
  const entry = { time: new Date().toISOString(), level, event: type, ...facts }
  return JSON.stringify(entry, redacted)
}

/** For `JSON.stringify`: masks passwords, and spells what JSON cannot. */
export function redacted(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  return typeof value === 'bigint' ? String(value) : value
}

function levelOf({ type }: RuntimeEvent): LogLevel {
  if (type === 'warning') return 'warning'
  return type === 'stepDone' || type === 'context' ? 'debug' : 'info'
}

/** The event in words; a step's are Alembic's. */
function sentenceOf(event: RuntimeEvent): string {
  switch (event.type) {
    case 'connected':
      return `Database ${event.database}`
    case 'scratch':
      return `Scratch ${event.name}`
    case 'context':
      return `Context ${event.dialect}; DDL is ${event.transactionalDdl ? '' : 'not '}transactional; ${event.offline ? 'offline' : 'online'}`
    case 'step':
      return stepText(event)
    case 'stepDone':
      return `Done ${event.revision} in ${Math.round(event.milliseconds)} ms`
    case 'statement':
      return statementText(event)
    case 'plan':
      return planText(event.commits)
    case 'commitBoundary':
      return `Committing here, in ${event.revision}: ${boundaryReasons[event.reason]}: ${event.sql}`
    case 'backfill':
      return backfillText(event)
    case 'log':
      return ''
    default:
      return event.message
  }
}

/** Where a run cannot be all or nothing, and why. */
function planText(commits: readonly CommitBoundary[]): string {
  const times = commits.length === 1 ? 'once' : `${commits.length} times`
  return [
    `This run commits ${times} on its way; where it fails later, what came before stays:`,
    ...commits.map(boundaryText),
  ].join('\n')
}

function backfillText({
  table,
  rows,
  of,
  isAbout,
  secondsLeft,
}: Extract<RuntimeEvent, { type: 'backfill' }>): string {
  const number = (value: number) => value.toLocaleString('en-US')
  if (of === undefined || of === rows)
    return `Backfill of ${table}: ${number(rows)} row${rows === 1 ? '' : 's'}`
  const share = Math.floor((rows / of) * 100)
  const left = secondsLeft === undefined ? '' : `, ${durationText(secondsLeft)} left`
  return `Backfill of ${table}: ${number(rows)} of ${isAbout ? 'about ' : ''}${number(of)} rows (${share} %)${left}`
}

/** A length of time as people say it: 45 s, 12 min, 3 h 5 min. */
function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A stamp runs nothing, so that what the revision would have done is not said. */
function stepText({ direction, from, to, message }: Extract<RuntimeEvent, { type: 'step' }>) {
  const isStamp = direction === 'stamp'
  const way = `${from.join(', ')} -> ${to.join(', ')}`
  const doing = isStamp || message === '' ? '' : `, ${message}`
  return `Running ${isStamp ? 'stamp_revision' : direction} ${way}${doing}`
}

const statementText = ({
  sql,
  parameters,
}: Extract<RuntimeEvent, { type: 'statement' }>): string =>
  parameters.length === 0 ? sql : `${sql} ${inspect(parameters, { breakLength: Infinity })}`

/** Further lines stand under the first, so that a statement reads as one entry. */
const indented = (text: string): string => text.replaceAll('\n', '\n      ')
