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

/** What limbeck.config.ts may say about one database; docs/reference/config.md explains each key. */
export interface DatabaseConfig {
  readonly scriptLocation?: string | undefined
  readonly versionLocations?: readonly string[] | undefined
  readonly dialect?: 'postgresql' | undefined
  readonly url?: string | undefined
  readonly embedded?: boolean | EmbeddedDatabase | undefined
  readonly scratch?: ScratchConfig | undefined
  readonly scratchUrl?: string | undefined
  readonly versionTable?: string | undefined
  readonly versionTableSchema?: string | undefined
  readonly transactionPerMigration?: boolean | undefined
  readonly truncateSlugLength?: number | undefined
  readonly timezone?: string | undefined
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
