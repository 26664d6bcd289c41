import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LimbeckError } from '../errors.ts'
import type { ScannedRevision } from '../revisions/revision.ts'
import { listRevisionFiles } from './revision-files.ts'
import { scanRevision } from './scan.ts'

export interface ScriptDirectoryOptions {
  /** Where `env.ts`, the script template and, by default, `versions/` are. */
  readonly directory: string
  /** The folders with the revision files; `versions` in the directory by default. */
  readonly versionLocations?: readonly string[] | undefined
  /** Folders inside the version locations are read too. */
  readonly recursive?: boolean | undefined
}

/** The revision files of a project as they are on disk; nothing of them has been run. */
export interface ScriptDirectory {
  /** Absolute paths. */
  readonly directory: string
  readonly versionLocations: readonly string[]
  /** In load order, which is the graph's tie-break: by location, then by file name. */
  readonly revisions: readonly ScannedRevision[]
  /** What somebody should know who expects other files to be read, as sentences. */
  readonly warnings: readonly string[]
}

/** Finds and scans the revision files. */
export async function openScriptDirectory(
  options: ScriptDirectoryOptions,
): Promise<ScriptDirectory> {
  const directory = resolve(options.directory)
  const usual = join(directory, 'versions')
  const versionLocations = options.versionLocations?.map(location => resolve(location)) ?? [usual]
  const absent = versionLocations.filter(folder => !existsSync(folder))
  if (absent.length === versionLocations.length && !existsSync(directory)) {
    throw notFoundError(directory)
  }
  const { paths, warnings } = listRevisionFiles(versionLocations, options.recursive)
  return {
    directory,
    versionLocations,
    revisions: await scanFiles(paths),
    warnings: [...absent.filter(folder => folder !== usual).map(absence), ...warnings],
  }
}

/** Where a location was named, and may be misspelled; git keeps no empty `versions` either. */
const absence = (folder: string) =>
  `The version location ${folder} does not exist: it is taken as empty.`

async function scanFiles(paths: readonly string[]): Promise<ScannedRevision[]> {
  const revisions: ScannedRevision[] = []
  for (const path of paths) revisions.push(await scanRevision(path, readText(path)))
  return revisions
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'it is gone, or a link that leads nowhere' : message
    throw new LimbeckError(
      'SCRIPT_DIRECTORY_UNREADABLE',
      `The revision file ${path} cannot be read: ${reason}.`,
      { facts: { path, code }, hint: 'Check that it is a file and who may read it.' },
    )
  }
}

function notFoundError(directory: string): LimbeckError {
  return new LimbeckError(
    'SCRIPT_DIRECTORY_NOT_FOUND',
    `There is no script directory ${directory}.`,
    {
      facts: { path: directory },
      hint: 'Run `limbeck init` to create one, or correct scriptLocation in the config.',
    },
  )
}
