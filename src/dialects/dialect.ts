import type { DialectName } from '../config/dialect-name.ts'
import type { TablePart } from '../operations/dropped-parts.ts'
import type { Operation, OperationOf } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { DatabaseSchema, QualifiedName, RightsWord } from '../schema/index.ts'
import type { Capabilities } from './capabilities.ts'
import type { CutOff } from './cut-off.ts'
import type { HealthCheck } from './health.ts'
import type { IndexBuild } from './index-build.ts'
import type { OfflineGuard, OfflineWay } from './offline-guard.ts'
import type { RunLockSql } from './run-lock.ts'
import type { Situation, SituationQuestion, WriteBarrier } from './situation.ts'
import type { Blocker, TimeoutSql } from './timeouts.ts'

export type { DialectName }

/** A session with a database, the same for every driver. */
export interface Connection {
  readonly dialect: DialectName
  /** `embedded`: the database runs inside this process. */
  readonly kind?: 'server' | 'embedded' | undefined
  /** The server's version as a number (150018), 0 where it is unknown. */
  readonly serverVersion: number
  /** Runs one statement. */
  query<T = Record<string, unknown>>(
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<QueryResult<T>>
  /**
   * Runs statements in order and in few round trips; on failure says which one failed. Where no
   * transaction is open they are one, so that a failure leaves nothing, unless one of them begins or
   * ends a transaction itself, or may not be in one: then each stands alone. Inside a transaction
   * `onResult` is handed each result as it comes.
   */
  executeAll(statements: readonly string[], onResult?: OnResult): Promise<void>
  /**
   * Runs several queries that do not depend on each other; results in the same order. `onResult` may be
   * told each one as soon as it is there.
   */
  queryAll(
    queries: readonly string[],
    onResult?: OnResult,
  ): Promise<QueryResult<Record<string, unknown>>[]>
  /** The driver's own client, for what limbeck does not cover. */
  readonly driver: unknown
  /** Query builders that work on this session. */
  readonly builders?: QueryBuilders | undefined
  /** Sends what is asked during `work` at once, without waiting for answers between; not in a transaction. */
  together?<T>(work: () => Promise<T>): Promise<T>
  /** What the server shows as the application of a session that limbeck has opened. */
  readonly applicationName?: string | undefined
  /** What the database called the session when it was opened; absent where it has no number. */
  readonly sessionId?: number | undefined
  /** Opens another session, to the same database as the same user. */
  openBeside?(applicationName: string): Promise<Connection>
  /** Whether a pooler may give each transaction another session of the server. */
  isPooled?(): Promise<boolean>
  /** Whether a transaction is open, also one that has failed and only waits for its end. */
  isInTransaction?(): boolean
  /** Has the database give up what it is doing for this session; it may be done with it by then. */
  cancel?(): Promise<void>
  close(): Promise<void>
}

/**
 * Makes query builders of the project's own packages. They run in the transaction that is open, and
 * their own transactions are savepoints in it; `expectLent` throws where they may not be used any more.
 */
export interface QueryBuilders {
  kysely(expectLent: () => void): Promise<unknown>
  drizzle(expectLent: () => void, config: object): Promise<unknown>
}

/** Is handed results in the order of what was asked. */
export type OnResult = (result: QueryResult<Record<string, unknown>>, place: number) => void

export interface QueryResult<T> {
  readonly rows: T[]
  readonly rowCount: number
}

/** What compilation may depend on beside the operation. */
export interface CompileOptions {
  /** The server that will run it; absent offline, then the newest supported is assumed. */
  readonly serverVersion?: number | undefined
}

/** An operation that becomes SQL by itself; the others are carried out step by step. */
export type CompiledOperation = Exclude<Operation, { kind: 'run' | 'backfill' }>

/** One entry per operation kind that becomes SQL; forgetting one is a type error. */
export type CompileTable = {
  readonly [K in Exclude<CompiledOperation['kind'], 'custom'>]: (
    operation: OperationOf<K>,
    options: CompileOptions,
  ) => readonly (string | Statement)[]
}

/** What introspection reads. */
export interface IntrospectOptions {
  /** Tables never reported, limbeck's own; without a schema those of the name in any. */
  readonly exclude?: readonly { readonly schema?: string | undefined; readonly name: string }[]
  /** Is told when everything was asked: whoever has other work does it while the database answers. */
  readonly onAsked?: (() => void) | undefined
  /** Read owners and grants too. */
  readonly rights?: RightsRequest | undefined
}

/** What of owners and grants is to be read. */
export interface RightsRequest {
  readonly words: readonly RightsWord[]
  /** A role that stands for whoever is connected: the one of another database that is compared. */
  readonly self?: string | undefined
}

/** How much a table holds, or a column other than NULL. */
export interface RowCount {
  readonly isThere: boolean
  /** Absent where it may not be read. */
  readonly rows?: number | undefined
  /** It was too much to count. */
  readonly isAbout?: boolean | undefined
}

/** Columns whose values together name one row. */
export interface UniqueKey {
  readonly name: string
  readonly columns: readonly string[]
  readonly isPrimary: boolean
}

/** What was read of a database, of which the schema is made when somebody first looks at it. */
export interface SchemaReading {
  /** Equal only where everything that was read is. */
  readonly digest: string
  readonly defaultSchema: string
  readonly schema: DatabaseSchema
}

/** Everything limbeck asks of a kind of database. */
export interface Dialect {
  readonly name: DialectName
  readonly defaultSchema: string
  readonly capabilities: Capabilities
  compile(operation: CompiledOperation, options?: CompileOptions): Statement[]
  introspect(connection: Connection, options?: IntrospectOptions): Promise<DatabaseSchema>
  /** Introspects without making anything of it yet; absent where that saves nothing. */
  readSchema?(connection: Connection, options?: IntrospectOptions): Promise<SchemaReading>
  /** A schema that was read on a newer server, as a server of this version would have it. */
  asOnServer?(schema: DatabaseSchema, serverVersion: number): Promise<DatabaseSchema>
  /** Counts rows, at a bounded cost; in the order of the parts. */
  countRows?(connection: Connection, parts: readonly TablePart[]): Promise<RowCount[]>
  /** The keys along which all rows of a table can be walked: unique, and never NULL. */
  uniqueKeys?(connection: Connection, table: QualifiedName): Promise<UniqueKey[]>
  /**
   * The query that sets the sequence behind a column forward where it has fallen back behind the column's values: a
   * sequence is no part of a logical replication, nor of rows that were copied. Absent where the database sees to that.
   */
  catchUp?(table: QualifiedName, column: string): string
  /** How what is there already differs from what an operation would create, a few words each. */
  differencesOf?(connection: Connection, operation: Operation): Promise<readonly string[]>
  /** Removes what a failed run of an operation has left in its way outside of transactions; says what. */
  removeLeftover?(connection: Connection, operation: Operation): Promise<string | undefined>
  /** What has become of a statement that ran outside of transactions in a run that was killed. */
  cutOff?(connection: Connection, sql: string): Promise<CutOff>
  /**
   * Whether a statement that is to stand alone may be a transaction of its own: then it is done if, and
   * only if, the ledger says so. Not what commits by itself.
   */
  mayBeTransaction?(sql: string): boolean
  /** How far another session is with an index that it builds; undefined where it builds none. */
  indexBuild?(connection: Connection, pid: number): Promise<IndexBuild | undefined>
  /** Asks a session where it is and what it may do; in one round trip. */
  situation?(connection: Connection, question: SituationQuestion): Promise<Situation>
  /** Why a session that may not write may not. */
  writeBarrier?(connection: Connection, situation: Situation): Promise<WriteBarrier>
  /** What tables are, as an expression: a JSON array of `TableShape`, with null for those that are not there. */
  tableShapes?(names: readonly QualifiedName[]): string
  /** How one run keeps others away; absent where a database does that itself. */
  readonly runLock?: RunLockSql | undefined
  /** How statements are kept from taking too long; absent where a database has nothing for it. */
  readonly timeouts?: TimeoutSql | undefined
  /** Who keeps a session waiting for a lock. */
  blockers?(connection: Connection, pid: number): Promise<Blocker[]>
  /** What `doctor` looks at in a database. */
  healthChecks?(): Promise<readonly HealthCheck[]>
  /** What ends a SELECT that keeps its rows for the transaction. */
  readonly rowLock?: string | undefined
  /** Quotes an identifier where it needs quotes. */
  quote(identifier: string): string
  /** Spells a name with its schema, where it has one. */
  quoteQualified(name: QualifiedName): string
  /** A statement with what ends it in a script for the database's own client; absent: a semicolon. */
  terminated?(sql: string): string
  /** What stops a script on a database that is not where it starts. */
  offlineGuard(way: OfflineWay): OfflineGuard
  /** Spells a value as a literal. */
  literal(value: unknown): string
  /** The database's clock, or what it showed so many seconds ago, as an expression. */
  clock(secondsAgo?: number): string
  /** The clock in seconds, as an expression that a changed row returns; absent where rows return nothing. */
  readonly returnedClock?: string | undefined
  /** Gives the session another name, as an expression; absent where others do not see one. */
  sessionName?(name: string, until: 'transaction' | 'session'): string
  /** Who is connected, as an expression; absent where a database knows nobody. */
  readonly user?: string | undefined
}
