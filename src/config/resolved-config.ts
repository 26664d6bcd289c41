import { basename, join, resolve } from 'node:path'
import type {
  DatabaseConfig,
  ExpectConfig,
  LogConfig,
  LogLevel,
  NamingConvention,
  OfflineGuards,
  PostWriteHook,
  ScratchConfig,
} from './config.ts'
import { type DialectName, dialectOfUrl } from './dialect-name.ts'
import { parseDuration } from './duration.ts'
import type { Hooks } from './hooks.ts'
import { defaultOf } from './keys.ts'
import { type ManagedKind, managedKinds } from './managed-kinds.ts'

/** A config with its defaults filled in and its paths made absolute; frozen. */
export interface ResolvedConfig {
  /** The file it was read from. */
  readonly path: string
  /** The folder of that file, which its paths start from. */
  readonly directory: string
  /** The entry of `databases` that was chosen with `-n`. */
  readonly name: string | undefined
  readonly scriptLocation: string
  readonly versionLocations: readonly string[]
  /** Folders inside the version locations are read too. */
  readonly recursiveVersionLocations: boolean
  readonly dialect: DialectName
  readonly url: string | undefined
  /** Whether the config has a key `url`: without one the environment's variables are tried. */
  readonly namesUrl: boolean
  readonly embedded: { readonly directory: string } | undefined
  /** What the database has to be before it is changed. */
  readonly expect: ExpectConfig | undefined
  /** Absent: on the same server if the role may, else embedded. */
  readonly scratch: Exclude<ScratchConfig, object> | { readonly url: string } | undefined
  readonly versionTable: string
  readonly versionTableSchema: string | undefined
  readonly transactionPerMigration: boolean
  /** How long a run waits for another one, in milliseconds; 0: not at all. */
  readonly waitLock: number
  /** In milliseconds, 0: without end; absent: as the session has it, else a default. */
  readonly lockTimeout: number | undefined
  /** In milliseconds, 0: without end; absent: as the session has it. */
  readonly statementTimeout: number | undefined
  /** How long what got no lock is tried again, in milliseconds; 0: not at all. */
  readonly lockRetry: number
  /** The SQL of `--sql` keeps the ledger too. */
  readonly offlineLedger: boolean
  /** The SQL of `--sql` stops on a database that is not where it starts. */
  readonly offlineGuards: OfflineGuards
  /** How the file of a new revision is called, without its extension; it may hold folders. */
  readonly fileTemplate: string
  readonly truncateSlugLength: number
  readonly timezone: string
  readonly postWriteHooks: readonly PostWriteHook[]
  /** Run `env.ts` also for `revision`, `merge` and `history`. */
  readonly revisionEnvironment: boolean
  /** The project's own words. From an alembic.ini: every key of the chosen section. */
  readonly options: Readonly<Record<string, string>>
  /** Every named group of words: the sections of an alembic.ini, else the `options` of each database. */
  readonly sections: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly namingConvention: NamingConvention
  readonly target: unknown
  readonly manage: 'all' | readonly ManagedKind[]
  readonly manageRights: readonly ('owners' | 'grants')[]
  /** Beside those that the target or the revisions name. */
  readonly schemas: readonly string[] | undefined
  readonly dropUnknown: boolean
  /** Propose changes in forms that keep nobody out of a table for long. */
  readonly online: boolean
  readonly hooks: Hooks
  /** Make spans of a run where the project has the API for them. */
  readonly openTelemetry: boolean
  readonly log: LogSettings
  /** What the reader of the config wants said: keys that are not read. */
  readonly warnings: readonly string[]
}

/** How much is said while limbeck works, and in which form. */
export interface LogSettings {
  readonly level: LogLevel
  readonly sql: boolean
  /** With statements, what stands for `$1` and its like. */
  readonly parameters: boolean
  readonly format: 'text' | 'json'
}

/** What is known of a config beside its keys. */
export type ConfigPlace = Pick<
  ResolvedConfig,
  'path' | 'directory' | 'name' | 'sections' | 'warnings'
>

/** Fills in what a config leaves open. `url` is one that is said elsewhere and wins (`--url`). */
export function resolveConfig(
  config: DatabaseConfig,
  place: ConfigPlace,
  url = config.url,
): ResolvedConfig {
  const absolute = (path: string) => resolve(place.directory, path)
  const scriptLocation = absolute(config.scriptLocation ?? defaultScripts(place.directory))
  return Object.freeze({
    ...place,
    sections: Object.freeze({ ...place.sections }),
    warnings: Object.freeze([...place.warnings]),
    scriptLocation,
    versionLocations: Object.freeze(
      (config.versionLocations?.length
        ? config.versionLocations
        : [join(scriptLocation, 'versions')]
      ).map(absolute),
    ),
    recursiveVersionLocations: isRecursive(config),
    dialect: config.dialect ?? dialectOfUrl(url) ?? defaultOf('dialect'),
    url: config.url,
    namesUrl: 'url' in config,
    embedded: resolveEmbedded(config.embedded, absolute),
    expect: config.expect && Object.freeze({ ...config.expect }),
    scratch: resolveScratch(config),
    versionTable: config.versionTable ?? defaultOf('versionTable'),
    versionTableSchema: config.versionTableSchema,
    transactionPerMigration: config.transactionPerMigration ?? defaultOf('transactionPerMigration'),
    waitLock: parseDuration(config.waitLock ?? defaultOf('waitLock'))!,
    lockTimeout: parseDuration(config.lockTimeout ?? ''),
    statementTimeout: parseDuration(config.statementTimeout ?? ''),
    lockRetry: parseDuration(config.lockRetry ?? defaultOf('lockRetry'))!,
    offlineLedger: config.offlineLedger ?? defaultOf('offlineLedger'),
    offlineGuards: config.offlineGuards ?? defaultOf('offlineGuards'),
    fileTemplate: config.fileTemplate ?? defaultOf('fileTemplate'),
    truncateSlugLength: config.truncateSlugLength ?? defaultOf('truncateSlugLength'),
    timezone: config.timezone ?? defaultOf('timezone'),
    postWriteHooks: Object.freeze([...(config.postWriteHooks ?? [])]),
    revisionEnvironment: config.revisionEnvironment ?? defaultOf('revisionEnvironment'),
    options: Object.freeze({ ...config.options }),
    namingConvention: Object.freeze({ ...config.namingConvention }),
    target: config.target,
    manage: resolveManage(config.manage ?? defaultOf('manage')),
    manageRights: Object.freeze([...(config.manageRights ?? defaultOf('manageRights'))]),
    schemas: config.schemas === undefined ? undefined : Object.freeze([...config.schemas]),
    dropUnknown: config.dropUnknown ?? defaultOf('dropUnknown'),
    online: config.online ?? defaultOf('online'),
    hooks: Object.freeze({ ...config.hooks }),
    openTelemetry: config.openTelemetry ?? defaultOf('openTelemetry'),
    log: resolveLog(config.log),
  })
}

/** Files that are written into folders have to be found there again. */
const isRecursive = ({ recursiveVersionLocations, fileTemplate = '' }: DatabaseConfig): boolean =>
  recursiveVersionLocations ?? fileTemplate.includes('/')

/** A config may live inside the script directory. */
const defaultScripts = (directory: string): string =>
  basename(directory) === basename(defaultOf('scriptLocation')) ? '.' : defaultOf('scriptLocation')

function resolveEmbedded(
  embedded: DatabaseConfig['embedded'],
  absolute: (path: string) => string,
): ResolvedConfig['embedded'] {
  if (embedded === undefined || embedded === false) return undefined
  const given = embedded === true ? undefined : embedded.directory
  return Object.freeze({ directory: absolute(given ?? defaultOf('embedded.directory')) })
}

function resolveScratch({ scratch, scratchUrl }: DatabaseConfig): ResolvedConfig['scratch'] {
  if (typeof scratch === 'string') return scratch
  const url = scratchUrl ?? scratch?.url
  return url === undefined ? undefined : Object.freeze({ url })
}

function resolveManage(manage: NonNullable<DatabaseConfig['manage']>): ResolvedConfig['manage'] {
  if (manage === 'all') return 'all'
  return Object.freeze(manage.map(word => managedKinds[word as keyof typeof managedKinds]))
}

function resolveLog(log: LogConfig = {}): LogSettings {
  const level = log.level ?? defaultOf('log.level')
  return Object.freeze({
    level: level === 'sql' ? 'info' : level,
    sql: log.sql ?? (level === 'sql' || level === 'debug'),
    parameters: log.parameters ?? defaultOf('log.parameters'),
    format: log.format ?? defaultOf('log.format'),
  })
}

/** The same with what was said elsewhere and wins; a level of its own decides about statements, too. */
export function overriddenLog(log: LogSettings, given: LogConfig): LogSettings {
  const { level, sql = level === undefined ? log.sql : undefined } = given
  return resolveLog({ ...log, ...withoutUndefined(given), sql })
}

const withoutUndefined = (given: LogConfig): LogConfig =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
