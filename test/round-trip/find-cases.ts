import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { RoundTripCase } from './round-trip.ts'

/**
 * The cases below a path: `X-before.sql` or `X-after.sql` means that pair, any other `.sql` file is a
 * schema; `X.pre.sql` and `X-setup.sql` run before the case they are named for. A file whose first line
 * is `-- requires: 15` uses what older servers lack.
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
  const [before, after] =
    pair === undefined ? [undefined, file] : [`${pair}-before.sql`, `${pair}-after.sql`]
  return { name, before, after, setup, requires: requiredMajor(after) }
}

function requiredMajor(file: string): number | undefined {
  const major = /^-- requires: (\d+)\n/.exec(readFileSync(file, 'utf8'))?.[1]
  return major === undefined ? undefined : Number(major)
}

/** Why a server of the major cannot run a case; undefined where it can. */
export function missingFor({ requires }: RoundTripCase, major: number): string | undefined {
  if (requires === undefined || requires <= major) return undefined
  return `it needs PostgreSQL ${requires} or newer`
}
