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
}

/** Finds and scans the revision files. */
export async function openScriptDirectory(
  options: ScriptDirectoryOptions,
): Promise<ScriptDirectory> {
  const directory = resolve(options.directory)
  const versionLocations = options.versionLocations?.map(location => resolve(location)) ?? [
    join(directory, 'versions'),
  ]
  if (![directory, ...versionLocations].some(folder => existsSync(folder))) {
    throw notFoundError(directory)
  }
  const paths = listRevisionFiles(versionLocations, options.recursive)
  return { directory, versionLocations, revisions: await scanFiles(paths) }
}

async function scanFiles(paths: readonly string[]): Promise<ScannedRevision[]> {
  const revisions: ScannedRevision[] = []
  for (const path of paths) revisions.push(await scanRevision(path, readFileSync(path, 'utf8')))
  return revisions
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
