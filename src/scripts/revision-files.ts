import { type Dirent, readdirSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** The files of the version locations that have to be revisions. */
export interface RevisionFiles {
  /** In the order of the locations, by name in each; no file twice. */
  readonly paths: readonly string[]
  /** What somebody should know who expects other files to be read, as sentences. */
  readonly warnings: readonly string[]
}

/** Lists them. Hidden ones, declarations and what is not named as a script are left out. */
export function listRevisionFiles(locations: readonly string[], recursive = false): RevisionFiles {
  const listing = new Listing(recursive)
  for (const location of locations) listing.addLocation(location)
  return listing
}

/** Whether a file's name is that of a revision. */
export function isRevisionName(name: string): boolean {
  return /\.m?[jt]s$/.test(name) && !/\.d\.m?ts$/.test(name) && !name.startsWith('.')
}

class Listing implements RevisionFiles {
  readonly warnings: string[] = []
  readonly #recursive: boolean
  readonly #locations = new Map<string, string>()
  /** By real path. Only links are asked for theirs: it takes a call for each. */
  readonly #files = new Map<string, string>()

  constructor(recursive: boolean) {
    this.#recursive = recursive
  }

  get paths(): string[] {
    return [...this.#files.values()]
  }

  addLocation(location: string): void {
    const entries = entriesOf(location)
    if (entries.length === 0) return
    const real = realpathSync(location)
    const same = this.#locations.get(real)
    if (same !== undefined) {
      this.#warn(`The version locations ${same} and ${location} are one folder: it is read once.`)
      return
    }
    this.#locations.set(real, location)
    const before = this.#files.size
    this.#addEntries(location, real, entries)
    if (this.#files.size === before) this.#explainNone(location, entries)
  }

  #addEntries(folder: string, real: string, entries: readonly Dirent[]): void {
    for (const entry of entries) {
      if (!entry.isDirectory() && isRevisionName(entry.name)) this.#addFile(folder, real, entry)
    }
    if (!this.#recursive) return
    for (const { name } of foldersIn(entries)) {
      const below = join(folder, name)
      this.#addEntries(below, join(real, name), entriesOf(below))
    }
  }

  #addFile(folder: string, realFolder: string, entry: Dirent): void {
    // Not `join`: there are thousands of them, and nothing in these names to be made plain.
    const path = folder + sep + entry.name
    const real = entry.isSymbolicLink() ? targetOf(path) : realFolder + sep + entry.name
    const same = this.#files.get(real)
    if (same === undefined) this.#files.set(real, path)
    else if (same !== path) this.#warn(`${same} and ${path} are one file: it is read once.`)
  }

  /** A folder without revisions that is not empty may be another tool's, or a level too high. */
  #explainNone(location: string, entries: readonly Dirent[]): void {
    const python = entries.filter(({ name }) => /^[^_.].*\.py$/.test(name)).length
    if (python > 0) {
      this.#warn(
        `${location} holds ${python === 1 ? 'a Python revision' : `${python} Python revisions`} and none in TypeScript: limbeck reads no .py files.`,
      )
    }
    const below = this.#recursive ? undefined : foldersIn(entries).find(isOfRevisions(location))
    if (below !== undefined) {
      this.#warn(
        `${location} has scripts in folders (${below.name}), which are read with recursiveVersionLocations.`,
      )
    }
  }

  #warn(sentence: string): void {
    this.warnings.push(sentence)
  }
}

/** Links to folders are not followed: they may lead in circles. */
function foldersIn(entries: readonly Dirent[]): Dirent[] {
  return entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
}

const isOfRevisions = (location: string) => (folder: Dirent) =>
  entriesOf(join(location, folder.name)).some(({ name }) => isRevisionName(name))

/** A link that leads nowhere stands for itself, and is told of when it is read. */
function targetOf(link: string): string {
  try {
    return realpathSync(link)
  } catch {
    return link
  }
}

/** By name in code units, the same on every machine. A folder that is not there has no files: git keeps none. */
function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new LimbeckError(
      'SCRIPT_DIRECTORY_UNREADABLE',
      `The folder of revisions ${folder} cannot be read: ${message}.`,
      { facts: { path: folder, code }, hint: 'Check that it is a folder and who may read it.' },
    )
  }
}
