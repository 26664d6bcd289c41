import type { LogConfig, LogLevel } from '../config.ts'
import type { IniFile } from './parse.ts'
import { complain, readKey, type Section } from './section.ts'

const levels: Readonly<Record<string, LogLevel>> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warning',
  WARNING: 'warning',
  ERROR: 'error',
  CRITICAL: 'error',
  FATAL: 'error',
}

const inherited = 'NOTSET'

const loggers = { alembic: 'logger_alembic', sqlalchemy: 'logger_sqlalchemy', root: 'logger_root' }

/** What the levels of the loggers `alembic` and `sqlalchemy` ask for. */
export function logConfig(sectionOf: (name: string) => Section): LogConfig {
  const root = levelOf(sectionOf(loggers.root))
  const level = levelOf(sectionOf(loggers.alembic)) ?? root
  const engine = levelOf(sectionOf(loggers.sqlalchemy)) ?? root
  return { level, sql: engine === 'debug' || engine === 'info' }
}

function levelOf(section: Section): LogLevel | undefined {
  const word = readKey(section, 'level')?.toUpperCase()
  if (word === undefined || word === inherited) return undefined
  const known = [...Object.keys(levels), inherited]
  if (!known.includes(word)) complain(section, 'level', `is not one of ${known.join(', ')}.`)
  return levels[word]
}

/** Sections of Python's logging of which nothing is read. */
export const unreadLogging = ({ sections }: IniFile): string[] =>
  [...sections.keys()]
    .filter(name => /^(handlers|formatters)$|^(logger|handler|formatter)_/.test(name))
    .filter(name => !Object.values(loggers).includes(name))
    .map(name => `[${name}]`)
