import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { escapedPattern } from '../text/pattern.ts'
import { isRevisionName } from './revision-files.ts'

/** A file that holds a revision and is not read as one. */
export interface StrayRevision {
  readonly id: string
  readonly path: string
  /** Why it is not read, as the end of a sentence. */
  readonly reason: string
  /** What to do, as a sentence. */
  readonly hint: string
}

/** A revision that somebody names and nobody finds. */
export interface SoughtRevision {
  readonly id: string
  /** It was typed, so that the beginning of an id is enough. */
  readonly isTyped?: boolean | undefined
}

/** Where revisions are read, and where else one may lie. */
export interface SearchPlaces {
  readonly versionLocations: readonly string[]
  readonly recursive: boolean
  /** Searched after the version locations, with all that is below them. */
  readonly nearby: readonly string[]
}

const limits = { milliseconds: 500, depth: 8, characters: 65_536 }

/** Dependencies and git's own store hold no revisions of the project. */
const skipped = new Set(['node_modules', '.git', '__pycache__'])

/**
 * Looks for a revision that nobody finds: in the version locations under a name that is left out, in
 * folders inside them, and in the folders nearby. It ends in time, and what cannot be read is passed
 * over: a hint is no place for another error.
 */
export function findStray(sought: SoughtRevision, places: SearchPlaces): StrayRevision | undefined {
  const { versionLocations, nearby } = places
  const deadline = performance.now() + limits.milliseconds
  const pattern = assignmentOf(sought)
  const versionFolders = new Set(versionLocations.map(folder => basename(folder)))
  for (const { folder, entry } of walk([...versionLocations, ...nearby], deadline)) {
    const path = join(folder, entry.name)
    const location = versionLocations.find(place => isWithin(path, place))
    const isRead = location !== undefined && isReadThere(folder, entry.name, location, places)
    const isLikely =
      location !== undefined ||
      entry.name.includes(sought.id) ||
      versionFolders.has(basename(folder))
    if (isRead || !isLikely) continue
    const found = pattern.exec(textOf(path))?.groups?.id
    if (found !== undefined) return { id: found, path, ...explain(path, location, places) }
  }
  return undefined
}

/**
 * Matches `revision = 'id'` in TypeScript, JavaScript or Python, and names the id. The beginning of
 * one is enough where it was typed by somebody and has four characters.
 */
export function assignmentOf({ id, isTyped }: SoughtRevision): RegExp {
  const rest = isTyped && id.length >= 4 ? '[\\w.]*' : ''
  return new RegExp(
    `\\brevision\\b[^=\\n]{0,40}=\\s*(["'\`])(?<id>${escapedPattern(id)}${rest})\\1`,
  )
}

/** The files of folders and of all below them, nearest first; none twice. */
function* walk(
  folders: readonly string[],
  deadline: number,
): Generator<{ readonly folder: string; readonly entry: Dirent }> {
  const seen = new Set<string>()
  for (const start of folders) {
    let level = [start]
    for (let depth = 0; level.length > 0 && depth < limits.depth; depth++) {
      const below: string[] = []
      for (const folder of level.filter(candidate => !seen.has(candidate))) {
        if (performance.now() > deadline) return
        seen.add(folder)
        for (const entry of entriesOf(folder)) {
          if (entry.isFile()) yield { folder, entry }
          else if (entry.isDirectory() && !skipped.has(entry.name)) {
            below.push(join(folder, entry.name))
          }
        }
      }
      level = below
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, limits.characters)
  } catch {
    return ''
  }
}

const isWithin = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)

/** Whether the graph has it already. */
function isReadThere(
  folder: string,
  name: string,
  location: string,
  { recursive }: SearchPlaces,
): boolean {
  if (!isRevisionName(name)) return false
  const below = folder.slice(location.length).split('/').slice(1)
  return below.length === 0 || (recursive && !below.some(part => part.startsWith('.')))
}

function explain(
  path: string,
  location: string | undefined,
  { versionLocations }: SearchPlaces,
): Pick<StrayRevision, 'reason' | 'hint'> {
  const name = basename(path)
  if (name.endsWith('.py')) return python(path)
  if (!isRevisionName(name)) return misnamed(path, name)
  if (location !== undefined) {
    return {
      reason: 'it is in a folder inside the version location, and these are not read',
      hint: `Move it to ${location}, or write \`recursiveVersionLocations: true\` in the config.`,
    }
  }
  return {
    reason: 'it is in no version location',
    hint: `Move it to ${versionLocations[0]}, or name ${dirname(path)} among the \`versionLocations\` of the config.`,
  }
}

function python(path: string) {
  const name = path.replace(/\.py$/, '.ts')
  return {
    reason: "it is a Python revision of Alembic's",
    hint: `Write it in TypeScript, with the same id, as ${name}; where it has run in every database its upgrade may stay empty.`,
  }
}

function misnamed(path: string, name: string) {
  return {
    reason: reasonOf(name),
    hint: `Rename it to ${join(dirname(path), goodName(name))}.`,
  }
}

function reasonOf(name: string): string {
  if (name.startsWith('.')) return 'its name begins with a dot'
  if (/\.d\.m?ts$/.test(name)) return 'it is named as a declaration'
  return 'its name does not end in .ts, .mts, .js or .mjs'
}

/** The name without its dot in front, and without what hides its ending. */
function goodName(name: string): string {
  const bare = name.replace(/^\.+/, '').replace(/\.d(\.m?ts)$/, '$1')
  if (isRevisionName(bare)) return bare
  const [, script] = /^(.*?\.m?[jt]s)\b/.exec(bare) ?? []
  return script ?? `${bare.replace(/\.\w*$/, '')}.ts`
}
