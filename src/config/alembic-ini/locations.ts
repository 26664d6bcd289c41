import { delimiter, isAbsolute, resolve } from 'node:path'
import { didYouMean } from '../../text/nearest.ts'
import { complain, type Section, valueOf } from './section.ts'

const separators: Readonly<Record<string, string>> = {
  os: delimiter,
  ':': ':',
  ';': ';',
  space: ' ',
  newline: '\n',
}

/** Where scripts are: as in Alembic, paths start from the process's folder. */
export function scriptLocation(section: Section, cwd: string): string | undefined {
  const key = 'script_location'
  const value = valueOf(section, key)
  if (value !== undefined) return pathOf(section, key, value, cwd)
  if (!section.values.get(key)) complain(section, key, missing(section))
  return undefined
}

function missing({ values }: Section): string {
  const hint = didYouMean('script_location', values.keys())
  return `is missing.${hint === undefined ? '' : ` ${hint}`} A pyproject.toml, where it may stand for Alembic, is not read.`
}

/** The folders of revision files, where the section lists them. */
export function versionLocations(section: Section, cwd: string): string[] | undefined {
  const key = 'version_locations'
  const separator = separatorOf(section)
  const value = valueOf(section, key)
  const locations = value
    ?.split(separator)
    .map(item => item.trim())
    .filter(item => item !== '')
  return locations?.map(item => pathOf(section, key, item, cwd))
}

/** Without the key Alembic splits at spaces and commas. */
function separatorOf(section: Section): string | RegExp {
  const key = section.values.has('path_separator') ? 'path_separator' : 'version_path_separator'
  const word = valueOf(section, key)
  const separator = separators[word ?? '']
  if (word !== undefined && separator === undefined) {
    complain(section, key, `is not one of ${Object.keys(separators).join(', ')}.`)
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
