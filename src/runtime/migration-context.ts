import { dialectOfUrl } from '../config/dialect-name.ts'
import { type SqlText, sqlText } from '../declarations/sql.ts'
import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect, QueryResult } from '../dialects/dialect.ts'
import { heedNoMore, interruptible } from '../dialects/interruptible-connection.ts'
import { expectNotInterrupted, unlessInterrupted } from '../dialects/interruption.ts'
import { LimbeckError } from '../errors.ts'
import { bindLiterals } from '../operations/bind-literals.ts'
import { resolveRevision } from '../revisions/resolve.ts'
import { buildSession, hasTransactionalDdl, type Opened } from './build-session.ts'
import { type ConfigureOptions, checkOptions } from './configure-options.ts'
import type { ContextConfig } from './context-config.ts'
import type {
  ConnectOptions,
  ContextParts,
  OpenedConnection,
  OpenOptions,
} from './context-parts.ts'
import { destinationOf, startOf } from './revision-argument.ts'
import { SqlScript } from './sql-script.ts'
import { statementRefused } from './statement-refused.ts'
import { toldStatement } from './told-statements.ts'
import { Transaction } from './transaction.ts'
import type { RunArguments } from './version-apply.ts'
import { xDictionary } from './x-arguments.ts'

/** What `env.ts` is handed: it connects, configures, and lets the command do its work. */
export class MigrationContext {
  /** limbeck's config, its options and what the caller gave as `attributes`. */
  readonly config: ContextConfig
  readonly #parts: ContextParts
  #options: ConfigureOptions = {}
  #connecting: Promise<Opened> | undefined
  #script: Promise<SqlScript> | undefined
  readonly #runs: Promise<void>[] = []
  readonly #failures = new Set<unknown>()
  /** Something may be left half done on the connection where env.ts is not waited for. */
  #isInUse = false

  constructor(parts: ContextParts) {
    this.#parts = parts
    this.config = parts.config
  }

  /** Whether SQL is written instead of run (`--sql`). */
  isOfflineMode(): boolean {
    return this.#parts.isOffline
  }

  /**
   * Whether the revisions are replayed in an embedded database (`--replay`). `connect()` gives that one,
   * whatever the URL; an environment that opens clients of its own asks here, and leaves it.
   */
  isReplayMode(): boolean {
    return this.#parts.isReplay
  }

  /** The `-x key=value` arguments as an object; an argument without `=` has an empty value. */
  getXArgument(): Readonly<Record<string, string>> {
    return xDictionary(this.#parts.xArguments)
  }

  /** The `-x` arguments as they were given. */
  getXArguments(): readonly string[] {
    return this.#parts.xArguments
  }

  /** The word that `--tag` was given, or `configure`. */
  getTagArgument(): string | undefined {
    return this.#options.tag ?? this.#parts.tag
  }

  /** The one revision that nothing follows; undefined where there is none, an error where there are several. */
  async getHeadRevision(): Promise<string | undefined> {
    return resolveRevision(await this.#parts.readGraph(), 'head')?.id
  }

  /** The revisions that nothing follows. */
  async getHeadRevisions(): Promise<readonly string[]> {
    const { heads } = await this.#parts.readGraph()
    return heads.map(head => head.id)
  }

  /** Where the command goes, as ids; none for base. */
  async getRevisionArgument(): Promise<readonly string[]> {
    return destinationOf(await this.#parts.readGraph(), this.#parts.argument)
  }

  /** With `--sql`: where the script starts, as ids; none for base. */
  async getStartingRevisionArgument(): Promise<readonly string[]> {
    const { argument } = this.#parts
    return startOf(await this.#parts.readGraph(), argument, this.#options.startingRev)
  }

  /** Whether DDL is undone by a rollback. */
  async isTransactionalDdl(): Promise<boolean> {
    return hasTransactionalDdl(await this.#dialect(this.#options), this.#options)
  }

  /** Overrides what the config says. What an earlier call has said is forgotten. */
  configure(options: ConfigureOptions): void {
    checkOptions(options, this.#parts.isOffline)
    this.#options = options
    this.#script = undefined
    this.#parts.setSqlLogging(options.log?.sql)
    const { connection, url } = options
    if (connection !== undefined) this.#open(() => this.#parts.share(connection, url))
  }

  /**
   * Connects to the database, unless `configure` has given a connection. The URL is `--url`, else the one
   * given here, else that of `configure`, else the config's; with none of them and `embedded: true`, the
   * embedded PostgreSQL.
   */
  connect(options: ConnectOptions = {}): Promise<Connection> {
    const isGiven = options.url === undefined && this.#options.connection !== undefined
    const given = isGiven ? this.#connecting : undefined
    const opening = given ?? this.#open(() => this.#parts.open(this.#addressed(options)))
    return unhandled(opening.then(({ connection }) => connection))
  }

  /** With the URL that `env.ts` has given last, and where. */
  #addressed(options: ConnectOptions): OpenOptions {
    if (options.url !== undefined) return options
    const { url } = this.#options
    if (url !== undefined) return { ...options, url, urlFrom: 'context.configure({ url })' }
    return { ...options, url: this.config.urlSet, urlFrom: 'url, set by env.ts,' }
  }

  /**
   * Runs one statement: on the connection, or with `--sql` as the next one of the script, where there is
   * no result. `$1` and its like stand for the parameters.
   */
  async execute<T = Record<string, unknown>>(
    sql: SqlText,
    parameters?: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const text = sqlText(sql)
    if (this.#parts.isOffline) return this.#writeStatement(text, parameters)
    const { connection } = await this.#connected()
    this.#isInUse = true
    return toldStatement(this.#parts.report, { sql: text, parameters }, () =>
      connection.query<T>(text, parameters?.length ? parameters : undefined),
    )
  }

  async #writeStatement(
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<QueryResult<never>> {
    const dialect = await this.#dialect(this.#options)
    const script = await this.#openScript()
    script.statements(parameters.length === 0 ? sql : bindLiterals(sql, parameters, dialect))
    return { rows: [], rowCount: 0 }
  }

  /** With `--sql`: adds text to the script as it is, such as a comment. */
  staticOutput(text: string): void {
    if (!this.#parts.isOffline)
      throw new LimbeckError(
        'CONTEXT_UNAVAILABLE',
        'Only with --sql is there a script to add text to.',
        {
          hint: 'Ask context.isOfflineMode() first, or call it in runMigrationsOffline.',
        },
      )
    this.#write(this.#options)(text)
  }

  /**
   * Does several things in one transaction: runs, and statements of your own. It is committed when `work`
   * has ended, and rolled back where `work`, or anything in it, fails.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#parts.isOffline) return (await this.#openScript()).hold(work)
    const { transaction } = await this.#connected()
    this.#isInUse = true
    return (await this.isTransactionalDdl()) ? transaction.hold(work) : work()
  }

  /** Does what the command asked for. `args` are handed to every `upgrade` and `downgrade`. */
  runMigrations(args: RunArguments = {}): Promise<void> {
    this.#isInUse = true
    const run = this.#run(this.#options, args)
    // Where nobody awaits it, `settled` tells of its failure.
    run.catch(error => this.#failures.add(error))
    this.#runs.push(run)
    return run
  }

  async #run(options: ConfigureOptions, args: RunArguments): Promise<void> {
    const { isOffline, report, work } = this.#parts
    const script = isOffline ? this.#openScript() : undefined
    const opened = isOffline ? undefined : await this.#connected()
    const dialect = await this.#dialect(options, opened)
    const transactionalDdl = hasTransactionalDdl(dialect, options)
    report({ type: 'context', dialect: dialect.name, transactionalDdl, offline: isOffline })
    const parts = { context: this, parts: this.#parts, options, dialect, opened, args }
    try {
      await work(buildSession({ ...parts, script: await script }))
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

  /**
   * Waits for the code of env.ts. Once the command is told to end that is over where nothing was begun;
   * else it ends with what was begun.
   */
  async whileWanted(code: Promise<void>): Promise<void> {
    const { signal } = this.#parts
    try {
      await unlessInterrupted(signal, Promise.resolve(code))
    } catch (error) {
      if (!(signal?.aborted && this.#isInUse)) throw error
      await code
    }
  }

  /** Whether an error is that of a run, and not of the environment's own code. */
  hasThrown(error: unknown): boolean {
    return this.#failures.has(error)
  }

  /** Ends the connection, if there is one, also one that nobody has awaited. */
  async close(): Promise<void> {
    const connecting = this.#connecting
    this.#connecting = undefined
    await this.#end(connecting)
  }

  async #connected(): Promise<Opened> {
    if (this.#connecting === undefined) await this.connect()
    return this.#connecting!
  }

  #open(open: () => Promise<OpenedConnection>): Promise<Opened> {
    const earlier = this.#connecting
    const runs = [...this.#runs]
    this.#connecting = unhandled(this.#openAfter(earlier, runs, open))
    return this.#connecting
  }

  /** The database before is left when the runs that nobody awaited are done with it. */
  async #openAfter(
    earlier: Promise<Opened> | undefined,
    runs: readonly Promise<void>[],
    open: () => Promise<OpenedConnection>,
  ): Promise<Opened> {
    if (this.#parts.isOffline) throw offline()
    await Promise.allSettled(runs)
    await this.#end(earlier)
    const { signal, report } = this.#parts
    expectNotInterrupted(signal)
    const opened = await unlessInterrupted(signal, open(), leave)
    report({ type: 'connected', database: opened.display })
    const connection = interruptible(opened.connection, signal)
    return { ...opened, connection, transaction: new Transaction(connection) }
  }

  async #end(connecting: Promise<Opened> | undefined): Promise<void> {
    const opened = await connecting?.catch(() => undefined)
    if (opened !== undefined) await leave(opened)
  }

  #dialect({ dialect, url }: ConfigureOptions, opened?: Opened | undefined): Promise<Dialect> {
    const { loadDialect, defaults } = this.#parts
    const name = opened?.connection.dialect ?? dialect ?? dialectOfUrl(url) ?? defaults.dialect
    return loadDialect(name)
  }

  #openScript(): Promise<SqlScript> {
    this.#script ??= this.#newScript(this.#options)
    return this.#script
  }

  async #newScript(options: ConfigureOptions): Promise<SqlScript> {
    const dialect = await this.#dialect(options)
    return new SqlScript({
      write: this.#write(options),
      isTransactional: hasTransactionalDdl(dialect, options),
      terminated: dialect.terminated,
    })
  }

  #write({ outputBuffer }: ConfigureOptions): (text: string) => void {
    if (outputBuffer === undefined) return this.#parts.write
    return text => {
      if (typeof outputBuffer === 'function') outputBuffer(text)
      else outputBuffer.write(text)
    }
  }
}

/** Ends a connection, or hands it back to whoever has opened it. */
async function leave({ connection, isShared, giveBack }: OpenedConnection): Promise<void> {
  if (!isShared) return connection.close()
  await heedNoMore(connection)
  await giveBack?.()
}

/** A promise that need not be awaited: whoever needs what it gives tells of its failure. */
function unhandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}

const offline = () =>
  new LimbeckError('OFFLINE_CONNECT', 'With --sql nothing is connected to.', {
    hint: 'Connect in runMigrationsOnline only; runMigrationsOffline just runs the migrations.',
  })
