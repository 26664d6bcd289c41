import type { DialectName } from './dialect-name.ts'
import type { Hooks } from './hooks.ts'

/** A database that limbeck runs itself, in a directory of the project. */
export interface EmbeddedDatabase {
  /** Where the embedded database keeps its files. */
  readonly directory?: string | undefined
}

/** How much limbeck says while it works, and in which form. */
export interface LogConfig {
  /** The least important line that is shown; `sql`: as `info`, and statements. */
  readonly level?: LogLevel | 'sql' | undefined
  /** Show each statement before it runs; by default at the levels `sql` and `debug`. */
  readonly sql?: boolean | undefined
  /** Show what stands for `$1` and its like, too. */
  readonly parameters?: boolean | undefined
  /** Lines of text, or one JSON object in each line. */
  readonly format?: 'text' | 'json' | undefined
}

/** What a database has to be before limbeck changes it; what is absent may be anything. */
export interface ExpectConfig {
  /** Its name. */
  readonly database?: string | undefined
  /** The role: that which has logged in, or which `SET ROLE` in `env.ts` has made of it. */
  readonly user?: string | undefined
  /**
   * The server, as the URL or the server itself calls it, with or without its port: `db.internal`,
   * `10.0.0.5:5432`.
   */
  readonly host?: string | undefined
  /** The server's version: `15` or `'15.4'`. */
  readonly serverVersion?: string | number | undefined
}

/** How important a line is. */
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
  /**
   * The program, without which there is no hook: looked for in `node_modules/.bin` from the config's
   * folder upwards, then on the PATH.
   */
  readonly executable: string
  /**
   * Its arguments, split as a shell does; `REVISION_SCRIPT_FILENAME` is the file, which otherwise
   * comes first.
   */
  readonly options?: string | undefined
  /** Where it runs; the config's folder by default. */
  readonly cwd?: string | undefined
}

/** How indexes and constraints are called that are given no name: a template for each kind. */
export interface NamingConvention {
  /** The template for the names of indexes. */
  readonly ix?: string | undefined
  /** The template for the names of unique constraints. */
  readonly uq?: string | undefined
  /** The template for the names of checks. */
  readonly ck?: string | undefined
  /** The template for the names of foreign keys. */
  readonly fk?: string | undefined
  /** The template for the names of primary keys. */
  readonly pk?: string | undefined
}

/** What limbeck.config.ts may say about one database; docs/reference/config.md explains each key. */
export interface DatabaseConfig {
  /**
   * The script directory; for a config inside a folder named `migrations`, that folder by default.
   */
  readonly scriptLocation?: string | undefined
  /** The folders of revision files; by default `versions` in the script directory. */
  readonly versionLocations?: readonly string[] | undefined
  /**
   * Read the folders inside the version locations too; by default where `fileTemplate` holds a
   * folder.
   */
  readonly recursiveVersionLocations?: boolean | undefined
  /** The kind of database; by default what the scheme of `url` says, where it is known. */
  readonly dialect?: DialectName | undefined
  /** Where the database is; the guide on connections says what else is tried. */
  readonly url?: string | undefined
  /** Use a PostgreSQL inside this process (PGlite) where no URL is given. */
  readonly embedded?: boolean | EmbeddedDatabase | undefined
  /**
   * What the database has to be before limbeck changes it; `upgrade`, `downgrade`, `stamp` and
   * `ensure-version` refuse another.
   */
  readonly expect?: ExpectConfig | undefined
  /**
   * Where throw-away databases are made; by default on the same server, else embedded if PGlite is
   * installed.
   */
  readonly scratch?: ScratchConfig | undefined
  /** The same as `scratch: { url }`. */
  readonly scratchUrl?: string | undefined
  /** The table that holds the current heads. */
  readonly versionTable?: string | undefined
  /** The schema of that table; by default the connection's own. */
  readonly versionTableSchema?: string | undefined
  /** Commit after each revision; by default a run is one transaction. */
  readonly transactionPerMigration?: boolean | undefined
  /**
   * How long a run waits for another one on the same version table: `500ms`, `60s`, `2m`, `1h`; `0`:
   * not at all.
   */
  readonly waitLock?: string | undefined
  /**
   * How long a statement of a run waits for a lock, while others wait behind it: `500ms`, `3s`; `0`:
   * without end. By default what the role or the URL sets, else 3s.
   */
  readonly lockTimeout?: string | undefined
  /**
   * How long a statement of a run takes at most: `30s`, `10m`; `0`: without end. By default what the
   * role or the URL sets, else without end.
   */
  readonly statementTimeout?: string | undefined
  /**
   * How long what got no lock, or met a deadlock, is tried again: `2m`; `0`: not at all.
   */
  readonly lockRetry?: string | undefined
  /** The SQL of `--sql` keeps the ledger `limbeck_ledger` beside the version table, too. */
  readonly offlineLedger?: boolean | undefined
  /**
   * The SQL of `--sql` stops on a database that is not where it starts; `'sql'`: without the
   * commands of `psql` and `sqlite3`, for other tools.
   */
  readonly offlineGuards?: OfflineGuards | undefined
  /**
   * The name of a new revision file, without its extension, from `rev`, `slug`, `epoch`, `year`,
   * `month`, `day`, `hour`, `minute` and `second`.
   */
  readonly fileTemplate?: string | undefined
  /** How many characters of the message a file name takes. */
  readonly truncateSlugLength?: number | undefined
  /** The time zone of the date in a new revision file. */
  readonly timezone?: string | undefined
  /** Programs or functions that are run on each new revision file, in order. */
  readonly postWriteHooks?: readonly PostWriteHook[] | undefined
  /** Run `env.ts` also for `revision`, `merge` and `history`. */
  readonly revisionEnvironment?: boolean | undefined
  /** Words of your own for `env.ts`, which reads them with `context.config`. */
  readonly options?: Readonly<Record<string, string>> | undefined
  /**
   * Kinds of object that are compared even when the target declares none of them, so that they may
   * be dropped.
   */
  readonly manage?: 'all' | readonly string[] | undefined
  /** What is compared of rights: who owns objects, and what is granted on them. */
  readonly manageRights?: readonly ('owners' | 'grants')[] | undefined
  /** Schemas that are compared beside those that the target or the revisions name. */
  readonly schemas?: readonly string[] | undefined
  /** Propose to drop tables that the target does not have. */
  readonly dropUnknown?: boolean | undefined
  /**
   * Propose changes in forms that keep nobody out of a table for long, in several revisions where they must be.
   */
  readonly online?: boolean | undefined
  /**
   * Functions that are told of a run that has something to do, and awaited; what one throws ends the run.
   */
  readonly hooks?: Hooks | undefined
  /** Make spans of a run where the project has installed `@opentelemetry/api`. */
  readonly openTelemetry?: boolean | undefined
  /** What is said on stderr while limbeck works. */
  readonly log?: LogConfig | undefined
  /**
   * How indexes and constraints are called that models and scripts give no name: templates of
   * `%(table_name)s`, `%(column_0_name)s` and the like.
   */
  readonly namingConvention?: NamingConvention | undefined
  /** What the database should look like, where `env.ts` does not say it. */
  readonly target?: unknown
}

/** What limbeck.config.ts may say. */
export interface Config extends DatabaseConfig {
  /** Several databases by name, each with the keys in which it differs; `-n NAME` chooses one. */
  readonly databases?: Readonly<Record<string, DatabaseConfig>> | undefined
}

/** Gives an editor the types of a config; returns it as it is. */
export function defineConfig(config: Config): Config {
  return config
}
