import { delimiter, isAbsolute, resolve } from 'node:path'
import { nearest } from '../../text/nearest.ts'
import { complain, readKey, type Section } from './section.ts'

const separators: ReadonlyMap<string | undefined, string> = new Map([
  ['os', delimiter],
  [':', ':'],
  [';', ';'],
  ['space', ' '],
  ['newline', '\n'],
])

/** Where scripts are: as in Alembic, paths start from the process's folder. */
export function scriptLocation(section: Section, cwd: string): string | undefined {
  const key = 'script_location'
  const value = readKey(section, key)
  if (value !== undefined) return pathOf(section, key, value, cwd)
  if (!section.values.get(key)) complain(section, key, missing(section))
  return undefined
}

function missing({ values }: Section): string {
  const near = nearest('script_location', values.keys())
  return `is missing.${near === undefined ? '' : ` Is it what ${near} shall say?`} A pyproject.toml, where it may stand for Alembic, is not read.`
}

/** The folders of revision files, where the section lists them. */
export function versionLocations(section: Section, cwd: string): string[] | undefined {
  const key = 'version_locations'
  const separator = separatorOf(section)
  const value = readKey(section, key)
  const locations = value
    ?.split(separator)
    .map(item => item.trim())
    .filter(item => item !== '')
  return locations?.map(item => pathOf(section, key, item, cwd))
}

/** Without the key Alembic splits at spaces and commas. */
function separatorOf(section: Section): string | RegExp {
  const key = section.values.has('path_separator') ? 'path_separator' : 'version_path_separator'
  const word = readKey(section, key)
  const separator = separators.get(word)
  if (word !== undefined && separator === undefined) {
    complain(section, key, `is not one of ${[...separators.keys()].join(', ')}.`)
  }
  return separator ?? /[\s,]+/
}

/** `package:folder` is a place inside a Python package, which only Python can find. */
function pathOf(section: Section, key: string, value: string, cwd: string): string {
  if (!isAbsolute(value) && value.includes(':')) complain(section, key, ofPackage(value))
  return resolve(cwd, value)
}

const ofPackage = (value: string): string =>
  `names a folder of a Python package, ${value}, which limbeck cannot look up: write its path, such as %(here)s/migrations.`
