import type { LogConfig, LogLevel } from '../config/config.ts'
import type { Io } from './io.ts'
import { usage } from './read-options.ts'

/** What the command line, or the environment, says of the log; it wins over the config. */
export type GivenLog = Pick<LogConfig, 'level' | 'format'>

/** The words for levels, and those that Python has for the same. */
const levels: Readonly<Record<string, GivenLog['level']>> = {
  debug: 'debug',
  sql: 'sql',
  info: 'info',
  warning: 'warning',
  warn: 'warning',
  error: 'error',
  critical: 'error',
}

const formats: Readonly<Record<string, GivenLog['format']>> = { text: 'text', json: 'json' }

/** Reads both options, else the environment; a word that is not known is wrong usage. */
export function givenLog(
  { 'log-level': level, 'log-format': format }: Readonly<Record<string, unknown>>,
  { LIMBECK_LOG_LEVEL, LIMBECK_LOG_FORMAT }: Io['env'],
): GivenLog {
  return {
    level: level
      ? wordOf('--log-level', level, levels)
      : wordOf('LIMBECK_LOG_LEVEL', LIMBECK_LOG_LEVEL, levels),
    format: format
      ? wordOf('--log-format', format, formats)
      : wordOf('LIMBECK_LOG_FORMAT', LIMBECK_LOG_FORMAT, formats),
  }
}

/** The least important line that a level shows. */
export const shownFrom = (level: GivenLog['level']): LogLevel | undefined =>
  level === 'sql' ? 'info' : level

function wordOf<T>(
  name: string,
  given: unknown,
  known: Readonly<Record<string, T>>,
): T | undefined {
  if (typeof given !== 'string' || given === '') return undefined
  const word = given.toLowerCase()
  if (Object.hasOwn(known, word)) return known[word]
  const words = Object.keys(known).filter(one => known[one] === one)
  throw usage(`${name} is ${words.join(', ')}, and not ${given}.`, undefined, { given })
}

/** The form of complaints about a command line that has not been understood yet. */
export function formatAtStart(argv: readonly string[], { LIMBECK_LOG_FORMAT = '' }: Io['env']) {
  const at = argv.findLastIndex(word => /^--log-format(=|$)/.test(word))
  const given = argv[at]?.split('=')[1] ?? argv[at + 1]
  const word = (at < 0 ? LIMBECK_LOG_FORMAT : (given ?? '')).toLowerCase()
  return Object.hasOwn(formats, word) ? formats[word] : undefined
}
