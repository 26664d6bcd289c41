import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect, DialectName } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { Report } from './events.ts'
import { Ledger, type Operator } from './ledger.ts'
import type { ProcessRevisionDirectives, RevisionDirective } from './revision-directive.ts'
import { statementRefused } from './statement-refused.ts'
import { VersionTable } from './version-table.ts'

/** What `context.configure` may set, over what the config says. */
export interface ConfigureOptions {
  readonly dialect?: DialectName | undefined
  readonly versionTable?: string | undefined
  readonly versionTableSchema?: string | undefined
  /** One transaction for each revision instead of one around all. */
  readonly transactionPerMigration?: boolean | undefined
  /** Offline: values are written into the SQL. It is the only way there, so true is the only value. */
  readonly literalBinds?: true
  /** More variables for the template of new revision files. */
  readonly templateArgs?: Readonly<Record<string, string>> | undefined
  /** Called before a revision is written, with what may be changed of it. */
  readonly processRevisionDirectives?: ProcessRevisionDirectives | undefined
  /** The template's variable that gets the code of `upgrade`; `upgrades` by default. */
  readonly upgradeToken?: string | undefined
  /** The template's variable that gets the code of `downgrade`; `downgrades` by default. */
  readonly downgradeToken?: string | undefined
  /** `sql: true` reports every statement. */
  readonly log?: { readonly sql?: boolean }
}

export interface ConnectOptions {
  /** A URL, or a function that fetches one only when no `--url` overrides it. */
  readonly url?: string | undefined | (() => string | undefined | Promise<string | undefined>)
  /** What the server shows as the session's application. */
  readonly applicationName?: string
}

/** What a command wants done once the environment has connected (or is ready to write SQL). */
export type Work = (session: MigrationSession) => Promise<void>

/** A database, or a stream of SQL, with limbeck's own tables on it. */
export interface MigrationSession {
  readonly dialect: Dialect
  /** Absent offline. */
  readonly connection: Connection | undefined
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  readonly transactionPerMigration: boolean
  /** A script of SQL keeps the ledger too. */
  readonly offlineLedger: boolean
  /** Which database, with the password masked; empty offline. */
  readonly database: string
  /** Is told what happens; statements only while SQL logging is on. */
  readonly report: Report
  /** The URL of the connection, for opening another beside it; absent for embedded and offline. */
  readonly url: string | undefined
  /** More variables for the template of new revision files. */
  readonly templateArgs: Readonly<Record<string, string>>
  /** The template's variables that get the code of `upgrade` and `downgrade`. */
  readonly tokens: { readonly upgrade: string; readonly downgrade: string }
  /** The project's hook on revisions that are about to be written; it may change `directives`. */
  processRevisionDirectives?(
    revision: readonly string[],
    directives: RevisionDirective[],
  ): Promise<void>
}

/** What the config says of the things that `configure` may override. */
interface Defaults {
  readonly dialect: DialectName
  readonly versionTable: string
  readonly versionTableSchema: string | undefined
  readonly transactionPerMigration: boolean
  readonly offlineLedger: boolean
}

/** How a context reaches the rest of limbeck; the environment room supplies it. */
export interface ContextParts {
  readonly defaults: Defaults
  readonly isOffline: boolean
  readonly xArguments: readonly string[]
  readonly operator: Operator
  readonly work: Work
  readonly report: Report
  loadDialect(name: DialectName): Promise<Dialect>
  open(options: ConnectOptions): Promise<OpenedConnection>
  setSqlLogging(isOn: boolean): void
}

export interface OpenedConnection {
  readonly connection: Connection
  /** For people, with the password masked. */
  readonly display: string
  readonly url: string | undefined
}

/** What `env.ts` is handed: it connects, configures, and lets the command do its work. */
export class MigrationContext {
  readonly #parts: ContextParts
  #options: ConfigureOptions = {}
  #opened: OpenedConnection | undefined
  #connecting: Promise<Connection> | undefined
  readonly #runs: Promise<void>[] = []
  readonly #failures = new Set<unknown>()

  constructor(parts: ContextParts) {
    this.#parts = parts
  }

  /** Whether SQL is written instead of run (`--sql`). */
  isOfflineMode(): boolean {
    return this.#parts.isOffline
  }

  /** The `-x key=value` arguments as an object; an argument without `=` has an empty value. */
  getXArgument(): Readonly<Record<string, string>> {
    const pairs = this.#parts.xArguments.map(argument => {
      const [key = '', ...rest] = argument.split('=')
      return [key, rest.join('=')] as const
    })
    return Object.fromEntries(pairs)
  }

  /** Overrides what the config says, for this run. */
  configure(options: ConfigureOptions): void {
    this.#options = { ...this.#options, ...options }
    if (options.log?.sql !== undefined) this.#parts.setSqlLogging(options.log.sql)
  }

  /**
   * Connects to the database. The URL is `--url`, else the one given here, else the config's; with
   * none of them and `embedded: true`, the embedded PostgreSQL.
   */
  connect(options: ConnectOptions = {}): Promise<Connection> {
    const connecting = this.#connect(options, this.#connecting)
    // Where nobody awaits it, the run that needs it tells of its failure.
    connecting.catch(() => {})
    this.#connecting = connecting
    return connecting
  }

  async #connect(options: ConnectOptions, earlier?: Promise<Connection>): Promise<Connection> {
    if (this.#parts.isOffline)
      throw new LimbeckError('OFFLINE_CONNECT', 'With --sql nothing is connected to.', {
        hint: 'Connect in runMigrationsOnline only; runMigrationsOffline just runs the migrations.',
      })
    await earlier?.catch(() => {})
    await this.#disconnect()
    this.#opened = await this.#parts.open(options)
    this.#parts.report({ type: 'connected', database: this.#opened.display })
    return this.#opened.connection
  }

  /** Does what the command asked for. */
  runMigrations(): Promise<void> {
    const run = this.#run()
    // Where nobody awaits it, `settled` tells of its failure.
    run.catch(error => this.#failures.add(error))
    this.#runs.push(run)
    return run
  }

  async #run(): Promise<void> {
    if (!this.#parts.isOffline) await (this.#connecting ?? this.connect())
    try {
      await this.#parts.work(await this.#session())
    } catch (error) {
      throw error instanceof DatabaseError ? statementRefused(error) : error
    }
  }

  /** Whether `runMigrations` was called. */
  get hasRun(): boolean {
    return this.#runs.length > 0
  }

  /** Waits for every run, also for one that nobody awaits; throws what the first that failed threw. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#runs)
    await Promise.all(this.#runs)
  }

  /** Whether an error is that of a run, and not of the environment's own code. */
  hasThrown(error: unknown): boolean {
    return this.#failures.has(error)
  }

  /** Ends the connection, if there is one, also one that nobody has awaited. */
  async close(): Promise<void> {
    await this.#connecting?.catch(() => {})
    this.#connecting = undefined
    await this.#disconnect()
  }

  async #disconnect(): Promise<void> {
    const opened = this.#opened
    this.#opened = undefined
    await opened?.connection.close()
  }

  async #session(): Promise<MigrationSession> {
    const { operator, report, isOffline, loadDialect } = this.#parts
    const { versionTable, versionTableSchema, ...settings } = this.#settings()
    const dialect = await loadDialect(this.#opened?.connection.dialect ?? settings.dialect)
    const { transactionalDdl } = dialect.capabilities
    report({ type: 'context', dialect: dialect.name, transactionalDdl, offline: isOffline })
    return {
      dialect,
      connection: this.#opened?.connection,
      versionTable: new VersionTable(dialect, { schema: versionTableSchema, name: versionTable }),
      ledger: new Ledger(dialect, versionTableSchema, operator),
      transactionPerMigration: settings.transactionPerMigration,
      offlineLedger: settings.offlineLedger,
      database: this.#opened?.display ?? '',
      report,
      url: this.#opened?.url,
      ...this.#revisionSettings(),
    }
  }

  /** What only a command that writes revisions asks for. */
  #revisionSettings() {
    const { templateArgs = {}, processRevisionDirectives: hook } = this.#options
    const { upgradeToken = 'upgrades', downgradeToken = 'downgrades' } = this.#options
    return {
      templateArgs,
      tokens: { upgrade: upgradeToken, downgrade: downgradeToken },
      ...(hook === undefined
        ? {}
        : {
            processRevisionDirectives: async (
              revision: readonly string[],
              directives: RevisionDirective[],
            ) => hook(this, revision, directives),
          }),
    }
  }

  /** The config's settings, with what `configure` was given over them. */
  #settings(): Defaults {
    const given = Object.entries(this.#options).filter(([, value]) => value !== undefined)
    return { ...this.#parts.defaults, ...Object.fromEntries(given) }
  }
}
