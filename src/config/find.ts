import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** Where a config is looked for. */
export interface FindConfigOptions {
  /** The folder to start from. */
  readonly cwd: string
  /** A file named by the user (`-c`), relative to `cwd`. */
  readonly path?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Names a config may have, the first that exists is taken. */
export const configFileNames = ['ts', 'mts', 'js', 'mjs'].map(
  extension => `limbeck.config.${extension}`,
)

/**
 * The absolute path of the config: the file that was named (`-c`, else `LIMBECK_CONFIG`), else the
 * first one found from `cwd` up to the root of its package, in a folder or in its `migrations`.
 */
export function findConfig({ cwd, path, env = process.env }: FindConfigOptions): string {
  const named = path ?? (env.LIMBECK_CONFIG || undefined)
  if (named !== undefined) {
    return namedConfig(resolve(cwd, named), path === undefined ? 'LIMBECK_CONFIG' : '--config')
  }
  const folders = foldersUpwards(resolve(cwd)).flatMap(folder => [
    folder,
    join(folder, 'migrations'),
  ])
  const found = folders
    .flatMap(folder => configFileNames.map(name => join(folder, name)))
    .find(isFile)
  if (found === undefined) throw notFound(folders)
  return found
}

function namedConfig(path: string, namedBy: string): string {
  if (isFile(path)) return path
  const what = existsSync(path) ? 'is not a file' : 'does not exist'
  throw new LimbeckError('CONFIG_NOT_FOUND', `The config ${path} ${what}.`, {
    facts: { lookedFor: [path], namedBy },
    hint: `It was named by ${namedBy}. Correct the path, or run \`limbeck init\` to write a config.`,
  })
}

/** A folder and those above it, ending with the first that holds a package.json. */
function foldersUpwards(folder: string): string[] {
  const above = dirname(folder)
  if (above === folder || existsSync(join(folder, 'package.json'))) return [folder]
  return [folder, ...foldersUpwards(above)]
}

function notFound(folders: readonly string[]): LimbeckError {
  return new LimbeckError(
    'CONFIG_NOT_FOUND',
    `There is no limbeck.config.ts (or .mts, .js, .mjs) in ${folders.join(', ')}.`,
    {
      facts: { lookedIn: folders },
      hint: 'Run `limbeck init` to write one, or name it with `--config FILE`.',
    },
  )
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
