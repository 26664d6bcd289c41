import type { DialectName } from '../config/dialect-name.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { RevisionGraph } from '../revisions/nodes.ts'
import type { Target } from '../revisions/resolve.ts'
import type { ContextConfig } from './context-config.ts'
import type { Report } from './events.ts'
import type { Operator } from './ledger.ts'
import type { Work } from './migration-session.ts'

/** What `context.connect` may be told. */
export interface ConnectOptions {
  /** A URL, or a function that fetches one only when no `--url` overrides it. */
  readonly url?: string | undefined | (() => string | undefined | Promise<string | undefined>)
  /** What the server shows as the session's application. */
  readonly applicationName?: string
}

/** Where `env.ts` wants to go, and in which call it says so. */
export interface OpenOptions extends ConnectOptions {
  readonly urlFrom?: string | undefined
}

/** What the config says of the things that `configure` may override. */
export type Defaults = Pick<
  ResolvedConfig,
  | 'versionTable'
  | 'versionTableSchema'
  | 'transactionPerMigration'
  | 'waitLock'
  | 'hooks'
  | 'openTelemetry'
  | 'directory'
  | 'lockTimeout'
  | 'statementTimeout'
  | 'lockRetry'
  | 'offlineLedger'
  | 'offlineGuards'
  | 'namingConvention'
  | 'expect'
> & { readonly dialect: DialectName }

/** The words that say how far a command goes. */
export interface RevisionArgument {
  /** Offline: where the script starts; undefined at base. */
  readonly start?: string | undefined
  readonly destination: Target
}

/** How a context reaches the rest of limbeck; the environment room supplies it. */
export interface ContextParts {
  readonly config: ContextConfig
  readonly defaults: Defaults
  readonly isOffline: boolean
  /** The database is an embedded one in which the revisions are replayed. */
  readonly isReplay: boolean
  readonly xArguments: readonly string[]
  /** `--tag`. */
  readonly tag: string | undefined
  /** Absent for a command that goes nowhere. */
  readonly argument: RevisionArgument | undefined
  readonly operator: Operator
  /** Ends the run at a safe place. */
  readonly signal: AbortSignal | undefined
  readonly work: Work
  readonly report: Report
  /** Takes the script of `--sql`, piece by piece. */
  readonly write: (text: string) => void
  readGraph(): Promise<RevisionGraph>
  loadDialect(name: DialectName): Promise<Dialect>
  open(options: OpenOptions): Promise<OpenedConnection>
  /** Takes up a session of the application. */
  share(connection: object, url: string | undefined): Promise<OpenedConnection>
  /** undefined: as the config says. */
  setSqlLogging(isOn: boolean | undefined): void
}

export interface OpenedConnection {
  readonly connection: Connection
  /** For people, with the password masked. */
  readonly display: string
  readonly url: string | undefined
  /** Which place said where the database is: `--url`, `DATABASE_URL`; absent where the application has opened it. */
  readonly from?: string | undefined
  /** The application has opened it, and will end it. */
  readonly isShared?: boolean | undefined
  /** Hands it back to the application, as it was. */
  giveBack?(): Promise<void>
}
