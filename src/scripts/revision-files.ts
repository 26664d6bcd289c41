import { type Dirent, readdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../errors.ts'

/**
 * The files of the version locations that have to be revisions: in the order of the locations, by
 * name in each. Hidden ones and declarations are left out, and so is what was listed already.
 */
export function listRevisionFiles(locations: readonly string[], recursive = false): string[] {
  const files = new Map<string, string>()
  for (const location of locations) {
    for (const path of filesIn(location, recursive)) {
      const real = locations.length > 1 ? realpathSync(path) : path
      if (!files.has(real)) files.set(real, path)
    }
  }
  return [...files.values()]
}

function filesIn(folder: string, recursive: boolean): string[] {
  const entries = entriesOf(folder).filter(entry => !entry.name.startsWith('.'))
  const files = entries.filter(entry => !entry.isDirectory() && isRevisionName(entry.name))
  const paths = files.map(entry => join(folder, entry.name))
  if (!recursive) return paths
  const folders = entries.filter(entry => entry.isDirectory())
  return [...paths, ...folders.flatMap(entry => filesIn(join(folder, entry.name), recursive))]
}

function isRevisionName(name: string): boolean {
  return /\.m?[jt]s$/.test(name) && !/\.d\.m?ts$/.test(name)
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
