import { existsSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { LimbeckError } from '../errors.ts'

/** Where a config is looked for. */
export interface FindConfigOptions {
  /** The folder to start from. */
  readonly cwd: string
  /** A file named by the user (`-c`), relative to `cwd`; it may be an alembic.ini. */
  readonly path?: string | undefined
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Names a config may have, the first that exists is taken. */
export const configFileNames = ['ts', 'mts', 'js', 'mjs'].map(
  extension => `limbeck.config.${extension}`,
)

/** Variables that name a config, the first that is set wins. */
const configVariables = ['LIMBECK_CONFIG', 'ALEMBIC_CONFIG'] as const

/**
 * The absolute path of the config: the file that was named (`-c`, else `LIMBECK_CONFIG`, else
 * `ALEMBIC_CONFIG`), else the first one found from `cwd` up to the root of its package, in a folder or
 * in its `migrations`.
 */
export function findConfig({ cwd, path, env = process.env }: FindConfigOptions): string {
  const namedBy = path === undefined ? configVariables.find(name => env[name]) : '--config'
  if (namedBy !== undefined) return namedConfig(resolve(cwd, path ?? env[namedBy]!), namedBy)
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

/** Whether a config is code; any other file that is named is an alembic.ini under some name. */
export const isModule = (path: string): boolean => /\.[cm]?[jt]s$/.test(path)

function namedConfig(path: string, namedBy: string): string {
  if (extname(path) === '.toml') throw unreadToml(path, namedBy)
  if (isFile(path)) return path
  const what = existsSync(path) ? 'is not a file' : 'does not exist'
  throw new LimbeckError('CONFIG_NOT_FOUND', `The config ${path} ${what}.`, {
    facts: { lookedFor: [path], namedBy },
    hint: `It was named by ${namedBy}. Correct the path, or run \`limbeck init\` to write a config.`,
  })
}

/** Alembic keeps its keys in pyproject.toml as well; what is there would be passed over. */
function unreadToml(path: string, namedBy: string): LimbeckError {
  const sentence = `The config ${path}, named by ${namedBy}, is not read: limbeck reads limbeck.config.ts or an alembic.ini.`
  return new LimbeckError('CONFIG_UNREADABLE', sentence, {
    facts: { path, namedBy },
    hint: 'Write the keys of its [tool.alembic] into a limbeck.config.ts (`limbeck init` makes one) or into an alembic.ini, and name that with `-c FILE`.',
  })
}

/** A folder and those above it, ending with the first that holds a package.json. */
function foldersUpwards(folder: string): string[] {
  const above = dirname(folder)
  if (above === folder || existsSync(join(folder, 'package.json'))) return [folder]
  return [folder, ...foldersUpwards(above)]
}

const alembicIni = 'alembic.ini'

function notFound(folders: readonly string[]): LimbeckError {
  const ini = join(folders[0]!, alembicIni)
  return new LimbeckError(
    'CONFIG_NOT_FOUND',
    `There is no limbeck.config.ts (or .mts, .js, .mjs) in ${folders.join(', ')}.`,
    {
      facts: { lookedIn: folders },
      hint: isFile(ini)
        ? `There is ${ini}: \`-c ${alembicIni}\` (or ALEMBIC_CONFIG) reads it, \`limbeck init\` writes a config beside it.`
        : 'Run `limbeck init` to write one, or name it with `--config FILE`.',
    },
  )
}

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
