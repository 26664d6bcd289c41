import { inspect } from 'node:util'
import { boundaryReasons, boundaryText, type CommitBoundary } from '../runtime/commit-boundary.ts'
import type { RuntimeEvent } from '../runtime/events.ts'
import { counted } from '../text/sentences.ts'

/** An event by its type. */
export type EventOf<T extends RuntimeEvent['type']> = Extract<RuntimeEvent, { type: T }>

/** The event in words; a step's are Alembic's. */
export function eventText(event: RuntimeEvent, showsParameters = false): string {
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
    case 'run':
      return `Run of ${counted(event.steps, 'step')} from ${namesOf(event.from)} to ${namesOf(event.to)}`
    case 'runDone':
      return `Run done in ${Math.round(event.milliseconds)} ms`
    case 'statement':
      return statementText(event, showsParameters)
    case 'statementDone':
      return `Took ${timeText(event.milliseconds)}: ${beginningOf(event.sql)}`
    case 'plan':
      return planText(event.commits)
    case 'commitBoundary':
      return `Committing here, in ${event.revision}: ${boundaryReasons[event.reason]}: ${event.sql}`
    case 'backfill':
      return backfillText(event)
    case 'indexBuild':
      return buildText(event)
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

/** How far a backfill is. */
export function backfillText({
  table,
  rows,
  of,
  isAbout,
  secondsLeft,
}: EventOf<'backfill'>): string {
  const number = (value: number) => value.toLocaleString('en-US')
  if (of === undefined || of === rows)
    return `Backfill of ${table}: ${number(rows)} row${rows === 1 ? '' : 's'}`
  const share = Math.floor((rows / of) * 100)
  const left = secondsLeft === undefined ? '' : `, ${durationText(secondsLeft)} left`
  return `Backfill of ${table}: ${number(rows)} of ${isAbout ? 'about ' : ''}${number(of)} rows (${share} %)${left}`
}

/** How far an index is; its phase is the server's, which begins with what is said already. */
export function buildText({ table, index, phase, done, of }: EventOf<'indexBuild'>): string {
  const share =
    done === undefined || of === undefined ? '' : ` (${Math.floor((done / of) * 100)} %)`
  const name = index === null ? 'Index' : `Index ${index}`
  return `${name} on ${table}: ${phase.replace('building index: ', '')}${share}`
}

/** A length of time as people say it: 45 s, 12 min, 3 h 5 min. */
function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A stamp runs nothing, so that what the revision would have done is not said. */
function stepText({ direction, from, to, message }: EventOf<'step'>) {
  const isStamp = direction === 'stamp'
  const way = `${from.join(', ')} -> ${to.join(', ')}`
  const doing = isStamp || message === '' ? '' : `, ${message}`
  return `Running ${isStamp ? 'stamp_revision' : direction} ${way}${doing}`
}

/** What stands for `$1` may be secret, or somebody's name. */
function statementText({ sql, parameters }: EventOf<'statement'>, showsParameters: boolean) {
  if (parameters.length === 0) return sql
  if (!showsParameters) return `${sql} [${counted(parameters.length, 'parameter')}]`
  return `${sql} ${inspect(parameters, { breakLength: Infinity })}`
}

const namesOf = (revisions: readonly string[]): string => revisions.join(', ') || 'base'

const timeText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`

/** The first words of a statement, in one line. */
export function beginningOf(sql: string, length = 80): string {
  const line = sql
    .slice(0, 4 * length)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
