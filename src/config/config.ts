import type { DialectName } from './dialect-name.ts'

/** A database that limbeck runs itself, in a directory of the project. */
export interface EmbeddedDatabase {
  readonly directory?: string | undefined
}

/** How much limbeck says while it works, and in which form. */
export interface LogConfig {
  readonly level?: LogLevel | undefined
  readonly sql?: boolean | undefined
  readonly format?: 'text' | 'json' | undefined
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** Where throw-away databases are made. */
export type ScratchConfig = 'server' | 'embedded' | 'none' | { readonly url: string | undefined }

/** `'sql'`: without the commands of `psql` and `sqlite3`, for other tools. */
export type OfflineGuards = boolean | 'sql'

/** What is run on each new revision file, in order: a program, or a function of the project's own. */
export type PostWriteHook = ProgramHook | ((path: string) => void | Promise<void>)

/** A program that is run on each new revision file: a formatter, a linter. */
export interface ProgramHook {
  /** What messages call it; the program by default. */
  readonly name?: string | undefined
  /** Looked for in `node_modules/.bin` from the config's folder upwards, then on the PATH. */
  readonly executable: string
  /** As a shell splits it; `REVISION_SCRIPT_FILENAME` is the file, which otherwise comes first. */
  readonly options?: string | undefined
  /** Where it runs; the config's folder by default. */
  readonly cwd?: string | undefined
}

/** What limbeck.config.ts may say about one database; docs/reference/config.md explains each key. */
export interface DatabaseConfig {
  readonly scriptLocation?: string | undefined
  readonly versionLocations?: readonly string[] | undefined
  readonly recursiveVersionLocations?: boolean | undefined
  readonly dialect?: DialectName | undefined
  readonly url?: string | undefined
  readonly embedded?: boolean | EmbeddedDatabase | undefined
  readonly scratch?: ScratchConfig | undefined
  readonly scratchUrl?: string | undefined
  readonly versionTable?: string | undefined
  readonly versionTableSchema?: string | undefined
  readonly transactionPerMigration?: boolean | undefined
  /** The SQL of `--sql` keeps the ledger too; true by default. */
  readonly offlineLedger?: boolean | undefined
  /** The SQL of `--sql` stops on a database that is not where it starts; true by default. */
  readonly offlineGuards?: OfflineGuards | undefined
  readonly fileTemplate?: string | undefined
  readonly truncateSlugLength?: number | undefined
  readonly timezone?: string | undefined
  readonly postWriteHooks?: readonly PostWriteHook[] | undefined
  readonly revisionEnvironment?: boolean | undefined
  /** The project's own words for `env.ts`, which reads them with `context.config`. */
  readonly options?: Readonly<Record<string, string>> | undefined
  readonly manage?: 'all' | readonly string[] | undefined
  readonly schemas?: readonly string[] | undefined
  readonly dropUnknown?: boolean | undefined
  readonly log?: LogConfig | undefined
  /** What the database should look like, where env.ts does not say it. */
  readonly target?: unknown
}

/** What limbeck.config.ts may say. */
export interface Config extends DatabaseConfig {
  /** Databases by name: what differs from the rest of the config, chosen with `-n`. */
  readonly databases?: Readonly<Record<string, DatabaseConfig>> | undefined
}

/** Gives an editor the types of a config; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config
}
