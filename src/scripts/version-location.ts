import { realpathSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** Where a new revision file could go. */
export interface LocationRequest {
  /** The version locations, absolute. */
  readonly locations: readonly string[]
  /** The one that was asked for (`--version-path`), absolute. */
  readonly versionPath?: string | undefined
  /** The file of the first revision that the new one follows. */
  readonly parentPath?: string | undefined
}

/** The version location that gets a new file: the one asked for, the only one, or its parent's. */
export function chooseVersionLocation(request: LocationRequest): string {
  const { locations, versionPath, parentPath } = request
  if (versionPath !== undefined) return asked(versionPath, locations)
  const [only, ...others] = locations
  if (only !== undefined && others.every(other => realPath(other) === realPath(only))) return only
  const near = parentPath === undefined ? undefined : locationOf(parentPath, locations)
  if (near !== undefined) return near
  throw new LimbeckError(
    'VERSION_LOCATION_INVALID',
    `There are several version locations, and none is nearer than the others: ${locations.join(', ')}.`,
    { facts: { locations }, hint: 'Name one of them with --version-path.' },
  )
}

function asked(versionPath: string, locations: readonly string[]): string {
  const wanted = realPath(versionPath)
  const found = locations.find(location => realPath(location) === wanted)
  if (found !== undefined) return found
  throw new LimbeckError(
    'VERSION_LOCATION_INVALID',
    `${versionPath} is none of the version locations, which are ${locations.join(', ')}.`,
    {
      facts: { versionPath, locations },
      hint: 'Name one of them, or add the folder to `versionLocations` in the config.',
    },
  )
}

/** The location that a file lies in: the innermost, where one holds another. */
function locationOf(path: string, locations: readonly string[]): string | undefined {
  const around = locations.filter(location => path.startsWith(location + sep))
  return around.sort((a, b) => b.length - a.length)[0]
}

/** A path without links, also of a folder that is not there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realPath(above), basename(path))
  }
}
