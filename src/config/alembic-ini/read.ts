import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { LimbeckError } from '../../errors.ts'
import { didYouMean } from '../../text/nearest.ts'
import type { DatabaseConfig } from '../config.ts'
import { dialectOfUrl, schemeOf } from '../dialect-name.ts'
import { fileTemplateComplaint } from '../file-template.ts'
import { isTimeZone } from '../shapes.ts'
import { hidesItsFiles, invalidConfig } from '../validate.ts'
import { postWriteHooks } from './hooks.ts'
import { scriptLocation, versionLocations } from './locations.ts'
import { logConfig } from './logging.ts'
import { type IniFile, type IniValues, parseIni } from './parse.ts'
import { complain, plainValues, readKey, type Section, valuesOf } from './section.ts'
import { urlKey, warningAbout } from './without-counterpart.ts'

export interface ReadAlembicIniOptions {
  readonly path: string
  /** The section to read (`-n`); `alembic` by default. */
  readonly name?: string | undefined
  /** Where paths start. */
  readonly cwd: string
}

/** An alembic.ini in limbeck's words. */
export interface AlembicIni {
  readonly config: DatabaseConfig
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly warnings: readonly string[]
}

const mainSection = 'alembic'

/** Reads an alembic.ini; all that is wrong with it is listed in one error. */
export function readAlembicIni(options: ReadAlembicIniOptions): AlembicIni {
  const { path, name = mainSection, cwd } = options
  const file = parseIni(readText(path), path)
  const here = dirname(path).replaceAll('\\', '/').replaceAll('%', '%%')
  const complaints: string[] = []
  const sectionOf = (section: string, values = valuesOf(file, section, here)): Section => ({
    name: section,
    values,
    complaints,
  })
  const main = sectionOf(name, mainValues(file, path, name, here))
  const hooks = postWriteHooks(sectionOf('post_write_hooks'), cwd)
  const config: DatabaseConfig = {
    scriptLocation: scriptLocation(main, cwd),
    versionLocations: versionLocations(main, cwd),
    ...fileConfig(main),
    ...urlConfig(main),
    postWriteHooks: hooks.programs,
    options: plainValues(main.values),
    log: logConfig(sectionOf),
  }
  if (hidesItsFiles(config)) {
    complain(main, 'file_template', 'needs recursive_version_locations: it holds a folder.')
  }
  if (complaints.length > 0) throw invalidConfig(path, complaints, guide)
  const warning = warningAbout(path, file, main.values, hooks.unread)
  return {
    config,
    sections: Object.fromEntries(
      [...file.sections.keys()].map(key => [key, plainValues(valuesOf(file, key, here))]),
    ),
    warnings: warning === undefined ? [] : [warning],
  }
}

const guide = 'docs/guide/coming-from-alembic.md'

function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code
    const isEncoding = reason === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    const what = isEncoding ? 'it is not UTF-8' : reason
    throw new LimbeckError('CONFIG_UNREADABLE', `The config ${path} cannot be read: ${what}.`, {
      facts: { path, reason },
      hint: isEncoding ? 'Save it as UTF-8.' : 'Give this process the right to read it.',
      cause: error,
    })
  }
}

/** A section that the key `databases` lists says only in what it differs from `[alembic]`. */
function mainValues(file: IniFile, path: string, name: string, here: string): IniValues {
  if (!file.sections.has(name)) throw unknownSection(file, path, name)
  const values = valuesOf(file, name, here)
  const base = valuesOf(file, mainSection, here)
  const listed = (base.get('databases') ?? '').split(/[\s,]+/)
  return listed.includes(name) ? new Map([...base, ...values]) : values
}

function unknownSection(file: IniFile, path: string, name: string): LimbeckError {
  const known = [...file.sections.keys()]
  const list = known.length === 0 ? 'none' : known.map(word => `[${word}]`).join(', ')
  return new LimbeckError(
    'DATABASE_UNKNOWN',
    `The config ${path} has no section [${name}]: it has ${list}.`,
    {
      facts: { path, name, known },
      hint: didYouMean(name, known) ?? '`-n NAME` chooses the section to read.',
    },
  )
}

/** What the section says about revision files. */
function fileConfig(section: Section): DatabaseConfig {
  return {
    fileTemplate: fileTemplateOf(section),
    truncateSlugLength: slugLength(section),
    timezone: timezone(section),
    revisionEnvironment: truthOf(section, 'revision_environment', [
      'true',
      't',
      'yes',
      'y',
      'on',
      '1',
    ]),
    recursiveVersionLocations: truthOf(section, 'recursive_version_locations', ['true']),
  }
}

function fileTemplateOf(section: Section): string | undefined {
  const template = readKey(section, 'file_template')
  const complaint = template === undefined ? undefined : fileTemplateComplaint(template)
  if (complaint !== undefined) complain(section, 'file_template', `cannot be used: ${complaint}`)
  return template
}

function slugLength(section: Section): number | undefined {
  const key = 'truncate_slug_length'
  const value = readKey(section, key)
  const length = Number(value ?? 1)
  if (!Number.isSafeInteger(length) || length < 1) complain(section, key, 'is no positive number.')
  return value === undefined ? undefined : length
}

function timezone(section: Section): string | undefined {
  const value = readKey(section, 'timezone')
  if (value !== undefined && !isTimeZone(value)) {
    complain(section, 'timezone', `names no time zone: ${value}.`)
  }
  return value
}

/** Alembic takes other words for false where it knows only `true`; whoever wrote them meant it so. */
function truthOf(section: Section, key: string, trueWords: readonly string[]): boolean | undefined {
  const word = readKey(section, key)
  if (word === undefined) return undefined
  if (trueWords.includes(trueWords.length > 1 ? word.toLowerCase() : word)) return true
  if (!falseWords.includes(word.toLowerCase())) complain(section, key, 'is neither true nor false.')
  return false
}

const falseWords = ['false', 'f', 'no', 'n', 'off', '0']

/** What stands in a new alembic.ini until somebody writes a URL there. */
const placeholder = 'driver'

/** An empty URL, or the placeholder, is one that env.ts or the environment gives. */
function urlConfig(section: Section): Pick<DatabaseConfig, 'dialect' | 'url'> {
  const url = readKey(section, urlKey)
  const scheme = url === undefined ? undefined : schemeOf(url)
  if (url === undefined || scheme === placeholder) return {}
  const dialect = dialectOfUrl(url)
  if (dialect === undefined && scheme !== undefined) {
    complain(section, urlKey, `is of ${scheme}, a kind of database that limbeck does not speak.`)
  }
  return { url }
}
