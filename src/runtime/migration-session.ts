import type { ExpectConfig, OfflineGuards } from '../config/config.ts'
import type { Hooks } from '../config/hooks.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import type { Step } from '../revisions/plan.ts'
import type { ComparisonSettings } from './comparison-options.ts'
import type { Report } from './events.ts'
import type { Ledger } from './ledger.ts'
import type { RevisionDirective } from './revision-directive.ts'
import type { ScriptContext } from './script-context.ts'
import type { SqlScript } from './sql-script.ts'
import type { ChosenTimeouts } from './timeouts/chosen.ts'
import type { Transaction } from './transaction.ts'
import type { VersionTable } from './version-table.ts'

/** What a command wants done once the environment has connected (or is ready to write SQL). */
export type Work = (session: MigrationSession) => Promise<void>

/** A database, or a stream of SQL, with limbeck's own tables on it. */
export interface MigrationSession {
  readonly dialect: Dialect
  /** Absent offline. */
  readonly connection: Connection | undefined
  /** What the connection's work is done in; absent offline. */
  readonly transaction: Transaction | undefined
  /** What is written in place of being run; absent online. */
  readonly script: SqlScript | undefined
  readonly versionTable: VersionTable
  readonly ledger: Ledger
  readonly transactionPerMigration: boolean
  /** Changes of the schema are undone by a rollback. */
  readonly isTransactional: boolean
  /** Refuses what cannot be one transaction. */
  readonly isAtomic?: boolean | undefined
  /** A script of SQL keeps the ledger too. */
  readonly offlineLedger: boolean
  /** A script of SQL looks where the database is. */
  readonly offlineGuards: OfflineGuards
  /** Offline: where `configure` has the script start. */
  readonly startingRev: string | undefined
  /** What the database has to be before it is changed. */
  readonly expect: ExpectConfig | undefined
  /** How long another run is waited for, in milliseconds; 0: not at all. */
  readonly waitLock: number
  /** How long its statements may take, and how long what gets no lock is tried again. */
  readonly timeouts: ChosenTimeouts
  /** A pooler lends the session to others between transactions. */
  readonly isPooled?: boolean | undefined
  /** Ends the run at a safe place, and what it waits for at once. */
  readonly signal?: AbortSignal | undefined
  /** The application has opened the connection. */
  readonly isShared: boolean
  /** Which database, with the password masked; empty offline. */
  readonly database: string
  /** Which place said where the database is; absent where the application has opened it. */
  readonly urlFrom: string | undefined
  /** Is told what happens; statements only while SQL logging is on. */
  readonly report: Report
  /** The URL of the connection, for opening another beside it; absent for embedded and offline. */
  readonly url: string | undefined
  /** What `upgrade` and `downgrade` are given beside `op`. */
  readonly scriptContext: ScriptContext
  /** The project's functions that are told of a run. */
  readonly hooks: Hooks
  /** The folder from which the API of OpenTelemetry is looked for; absent where no spans are wanted. */
  readonly tracesFrom: string | undefined
  /** Tells the project of a step that begins; absent where nobody listens. */
  beforeStep?(step: Step): Promise<void>
  /** Tells the project of a step and of the version rows that it leaves; absent where nobody listens. */
  applied?(step: Step, heads: readonly string[], milliseconds?: number): Promise<void>
  /** What `configure` says the schema should be; undefined: what `env.ts` exports. */
  readonly target: unknown
  readonly comparison: ComparisonSettings
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
