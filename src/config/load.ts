import { dirname } from 'node:path'
import { LimbeckError, messageOf } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import type { Config, DatabaseConfig } from './config.ts'
import { isModule } from './find.ts'
import { type ResolvedConfig, resolveConfig } from './resolved-config.ts'
import { isRecord } from './shapes.ts'
import { complaintsOf, described, invalidConfig } from './validate.ts'

/** What loading a config needs. */
export interface LoadConfigOptions {
  /** The file, as `findConfig` gives it. */
  readonly path: string
  /** The entry of `databases`, or the section of an alembic.ini, to use (`-n`). */
  readonly name?: string | undefined
  /** A URL that wins over the config's (`--url`): its scheme tells the dialect too. */
  readonly url?: string | undefined
  /** Where the paths of an alembic.ini start; the process's folder by default. */
  readonly cwd?: string | undefined
  /** Imports a TypeScript or JavaScript file and gives its exports. */
  readonly importModule: (path: string) => Promise<Readonly<Record<string, unknown>>>
}

/** Reads a config or an alembic.ini: validated, defaults filled in, paths absolute, frozen. */
export async function loadConfig(options: LoadConfigOptions): Promise<ResolvedConfig> {
  return isModule(options.path) ? loadModule(options) : loadIni(options)
}

/** Where a config comes from that is no file's. */
export interface GivenPlace extends Pick<LoadConfigOptions, 'name' | 'url'> {
  /** Where its paths start. */
  readonly directory: string
}

/** A config that the caller has given, read as one of a file. */
export function resolveGiven(config: Config, { directory, name, url }: GivenPlace): ResolvedConfig {
  return resolveModule(config, { path: '(given as an object)', directory, name, url })
}

async function loadIni({ path, name, url, cwd = process.cwd() }: LoadConfigOptions) {
  const { readAlembicIni } = await import('./alembic-ini/read.ts')
  const { config, sections, warnings } = readAlembicIni({ path, name, cwd })
  const place = { path, directory: dirname(path), name, sections, warnings }
  return resolveConfig(config, place, url ?? config.url)
}

async function loadModule(options: LoadConfigOptions): Promise<ResolvedConfig> {
  const { path, name, url } = options
  return resolveModule(await importConfig(options), { path, directory: dirname(path), name, url })
}

function resolveModule(
  exported: unknown,
  { path, directory, name, url }: GivenPlace & { readonly path: string },
): ResolvedConfig {
  const { databases = {}, ...base } = validated(exported, path)
  const config = name === undefined ? base : overridden(base, databases, name, path)
  const sections = Object.fromEntries(
    Object.entries(databases).map(([key, { options = {} }]) => [key, options]),
  )
  const place = { path, directory, name, sections, warnings: [] }
  return resolveConfig(config, place, url ?? config.url)
}

async function importConfig({ path, importModule }: LoadConfigOptions): Promise<unknown> {
  const exports = await importModule(path).catch(error => {
    throw unreadable(path, error)
  })
  if (exports.default !== undefined) return exports.default
  throw new LimbeckError('CONFIG_INVALID', `The config ${path} has no default export.`, {
    facts: { path },
    hint: 'It should end with `export default defineConfig({ … })`.',
  })
}

/** What the user's own code threw, with its place; another error of limbeck's inside it says more. */
function unreadable(path: string, error: unknown): LimbeckError {
  const isLimbecks = error instanceof LimbeckError
  if (isLimbecks && error.code !== 'SCRIPT_LOAD_FAILED') return error
  return new LimbeckError(
    'CONFIG_UNREADABLE',
    `The config ${path} cannot be loaded: ${messageOf(error)}`,
    {
      facts: { ...(isLimbecks ? error.facts : {}), config: path },
      hint: (isLimbecks && error.hint) || 'Correct the file; `--trace` shows where it failed.',
      cause: error,
    },
  )
}

function validated(config: unknown, path: string): Config {
  const complaints = isRecord(config)
    ? complaintsOf(config)
    : [`Its default export must be an object, not ${described(config)}.`]
  if (complaints.length === 0) return config as Config
  throw invalidConfig(path, complaints, 'docs/reference/config.md')
}

function overridden(
  base: DatabaseConfig,
  databases: Readonly<Record<string, DatabaseConfig>>,
  name: string,
  path: string,
): DatabaseConfig {
  const overrides = Object.hasOwn(databases, name) ? databases[name] : undefined
  if (overrides === undefined) throw unknownDatabase(name, Object.keys(databases), path)
  return { ...inherited(base, overrides), ...overrides, log: { ...base.log, ...overrides.log } }
}

/** Keys that answer one question: a database that answers it with either inherits neither. */
const alternatives = [
  ['url', 'embedded'],
  ['scratch', 'scratchUrl'],
] as const

function inherited(base: DatabaseConfig, overrides: DatabaseConfig): DatabaseConfig {
  const answered = new Set<string>(
    alternatives.filter(keys => keys.some(key => key in overrides)).flat(),
  )
  return Object.fromEntries(Object.entries(base).filter(([key]) => !answered.has(key)))
}

function unknownDatabase(name: string, known: readonly string[], path: string): LimbeckError {
  const names = known.length === 0 ? 'it names none' : `it names ${known.join(', ')}`
  return new LimbeckError(
    'DATABASE_UNKNOWN',
    `The config ${path} has no database named ${name}: ${names}.`,
    {
      facts: { path, name, known },
      hint: didYouMean(name, known) ?? 'Databases are listed under the key `databases`.',
    },
  )
}
