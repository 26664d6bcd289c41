import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { RoundTripCase } from './round-trip.ts'

/**
 * The cases below a path: `X-before.sql` or `X-after.sql` means that pair, any other `.sql` file is a
 * schema; `X.pre.sql` and `X-setup.sql` run before the case they are named for.
 */
export function findCases(given: string): RoundTripCase[] {
  const path = resolve(given)
  const files = statSync(path).isDirectory() ? sqlFilesBelow(path) : [path]
  const cases = files.map(file => caseOf(file, path)).filter(found => found !== undefined)
  return [...new Map(cases.map(found => [found.after, found])).values()]
}

function sqlFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.sql'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

function caseOf(file: string, root: string): RoundTripCase | undefined {
  if (/(?:\.pre|-setup)\.sql$/.test(file)) return undefined
  const pair = /^(.*)-(?:before|after)\.sql$/.exec(file)?.[1]
  const stem = pair ?? file.replace(/\.sql$/, '')
  const name = file === root ? basename(stem) : relative(root, stem)
  const setup = [`${stem}.pre.sql`, `${stem}-setup.sql`].filter(path => existsSync(path))
  return pair === undefined
    ? { name, before: undefined, after: file, setup }
    : { name, before: `${pair}-before.sql`, after: `${pair}-after.sql`, setup }
}
