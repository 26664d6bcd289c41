/**
 * Every code limbeck can report, with the exit status the command line gives it.
 * Each code has a heading in docs/reference/errors.md; a test keeps the two equal.
 */
export const errorCodes = {
  /** A defect in limbeck itself. */
  INTERNAL: 1,

  // Words of the command line
  USAGE: 2,

  // Configuration
  CONFIG_NOT_FOUND: 2,
  CONFIG_UNREADABLE: 2,
  CONFIG_INVALID: 2,
  /** `-n NAME` that the config does not list. */
  DATABASE_UNKNOWN: 2,

  // Where the database is
  URL_MISSING: 2,
  /** A variable that a URL is made of has no usable value. */
  VARIABLE_INVALID: 2,
  /** A secret's file, or the service that keeps it, cannot be read. */
  SECRET_UNAVAILABLE: 1,
  /** The secret was read and is no address of a database. */
  SECRET_INVALID: 1,
  /** An optional package that is needed now is not installed. */
  PACKAGE_MISSING: 1,

  // Reaching a database
  URL_INVALID: 2,
  /** The npm package that speaks to this kind of database is not installed. */
  DRIVER_MISSING: 1,
  HOST_NOT_FOUND: 1,
  CONNECTION_REFUSED: 1,
  CONNECTION_TIMEOUT: 1,
  AUTHENTICATION_FAILED: 1,
  DATABASE_MISSING: 1,
  TOO_MANY_CONNECTIONS: 1,
  /** Any other reason, TLS among them; the message holds it. */
  CONNECTION_FAILED: 1,
  /** Another process has the embedded database open. */
  EMBEDDED_IN_USE: 1,

  // Scratch databases
  SCRATCH_UNAVAILABLE: 1,
  /** The configured scratch database holds objects that limbeck did not make. */
  SCRATCH_NOT_EMPTY: 1,
  /** Another process works in the configured scratch database. */
  SCRATCH_IN_USE: 1,
  /** Roles or extensions that the target needs are not in the server. */
  REQUIREMENTS_MISSING: 1,
  /** The target cannot be built: the file and line, or the object, that was refused. */
  TARGET_BUILD_FAILED: 1,

  // SQL files
  SQL_FILE_NOT_FOUND: 2,
  SQL_SYNTAX: 1,
  /** A statement that has no place in a target: data, transaction control, cluster-wide objects. */
  SQL_UNSUPPORTED: 1,

  /** `--map` with words that no enum value is meant by. */
  ENUM_MAPPING_INVALID: 2,

  // Renames
  /** `--rename` with words that are none, or that mean nothing here. */
  RENAME_INVALID: 2,
  /** The database refuses a rename. */
  RENAME_FAILED: 1,

  // Outcomes that a program acts on
  PENDING_CHANGES: 3,
  /** `check`: a script does something else than what was applied. */
  SCRIPT_EDITED: 7,
  /** `current --check-heads`: a head has not been reached. */
  NOT_AT_HEADS: 5,
  /** A question was answered with no. */
  ABORTED: 1,
  /** Told to end on its way: by Ctrl-C or another signal (143 for SIGTERM, 129 for SIGHUP), or by an `AbortSignal`. */
  INTERRUPTED: 130,

  // Files that init and revision write
  TEMPLATE_UNKNOWN: 2,
  DIRECTORY_NOT_EMPTY: 1,
  FILE_EXISTS: 1,
  /** `models`: the database has nothing to make models of. */
  DATABASE_EMPTY: 1,
  FILE_UNWRITABLE: 1,
  /** A new file would have a name under which no revision is read. */
  FILE_NAME_INVALID: 1,
  WRITE_HOOK_FAILED: 1,
  /** After a hook the file is not the revision that was written. */
  WRITE_HOOK_BROKE_REVISION: 1,
  /** `--version-path` is none of the version locations, or one has to be chosen. */
  VERSION_LOCATION_INVALID: 2,

  // Opening revision files
  NOTHING_TO_EDIT: 1,
  EDITOR_NOT_FOUND: 1,
  EDITOR_FAILED: 1,

  // The revision graph
  REVISION_ID_INVALID: 1,
  BRANCH_LABEL_INVALID: 1,
  BRANCH_LABEL_TAKEN: 1,
  REVISION_DUPLICATE: 1,
  REVISION_MISSING_PARENT: 1,
  REVISION_MISSING_DEPENDENCY: 1,
  REVISION_SELF_LOOP: 1,
  REVISION_CYCLE: 1,
  DEPENDENCY_SELF_LOOP: 1,
  DEPENDENCY_CYCLE: 1,

  // Words for revisions
  REVISION_NOT_FOUND: 1,
  REVISION_AMBIGUOUS: 1,
  REVISION_NOT_IN_BRANCH: 1,
  REVISION_NOT_AN_ANCESTOR: 1,
  REVISION_RANGE_INVALID: 2,
  REVISIONS_OVERLAP: 1,
  BRANCH_NOT_FOUND: 1,
  RELATIVE_OUT_OF_RANGE: 1,
  RELATIVE_AMBIGUOUS: 1,
  RELATIVE_START_AMBIGUOUS: 1,
  MULTIPLE_HEADS: 4,
  REVISION_NOT_A_HEAD: 1,
  REVISION_PARENT_TWICE: 1,

  // Joining branches
  /** There is nothing to merge, and nothing to rebase onto. */
  BRANCHES_JOINED: 1,
  /** The branches cannot run in both orders, or what they make depends on it. */
  MERGE_CONFLICT: 1,
  /** The revision to move has been applied. */
  REBASE_APPLIED: 1,
  /** The graph does not let the revision follow the other one. */
  REBASE_IMPOSSIBLE: 1,
  REVISION_NOT_REWRITABLE: 1,

  /** A run was killed at something of which nobody can tell whether it was done. */
  STATEMENT_UNCERTAIN: 1,

  // The version table
  DATABASE_REVISION_UNKNOWN: 1,
  VERSION_ROWS_UNEXPECTED: 1,

  // Revision files and other modules of the project
  SCRIPT_DIRECTORY_NOT_FOUND: 1,
  SCRIPT_DIRECTORY_UNREADABLE: 1,
  REVISION_SYNTAX: 1,
  REVISION_NOT_LITERAL: 1,
  REVISION_EXPORT_MISSING: 1,
  SCRIPT_LOAD_FAILED: 1,
  SCRIPT_FAILED: 1,
  TEMPLATE_INVALID: 1,

  // Declarations, and scripts as they are recorded
  /** A table, column or other object was described in a way that cannot be. */
  DECLARATION_INVALID: 1,
  /** The target was loaded and declares nothing. */
  TARGET_EMPTY: 1,
  /** A directive was called after `upgrade` or `downgrade` had returned. */
  RECORDER_SEALED: 1,
  /** `upgrade` or `downgrade` returned a promise. */
  SCRIPT_ASYNC: 1,

  // Operations
  IRREVERSIBLE: 1,
  OPERATION_INCOMPLETE: 1,
  /** The database has nothing for it. */
  OPERATION_UNSUPPORTED: 1,
  SERVER_TOO_OLD: 1,
  /** The database would cut it, or refuse it. */
  NAME_TOO_LONG: 1,
  VALUE_UNSUPPORTED: 1,

  // Dialects
  DIALECT_UNSUPPORTED: 2,

  // Comparing
  /** Others alter the schema each time it is read. */
  DATABASE_CHANGED: 1,
  /** Objects need each other in a circle that no order of statements can open. */
  OBJECT_CYCLE: 1,

  // The right server
  /** The server is a standby. */
  SERVER_STANDBY: 1,
  /** The session may not write. */
  DATABASE_READ_ONLY: 1,
  /** It is not what `expect` in the config says. */
  DATABASE_UNEXPECTED: 1,
  /** The role may not do what a run needs. */
  RIGHTS_MISSING: 1,
  /** `doctor` found a problem. */
  PROBLEMS_FOUND: 1,

  // One run at a time
  /** Another run on the same version table did not end in time. */
  RUN_LOCK_TIMEOUT: 6,
  /** What kept other runs away has ended in the middle of the run. */
  RUN_LOCK_LOST: 1,
  /** Behind a pooler, and a second connection cannot be opened. */
  RUN_LOCK_UNAVAILABLE: 1,

  // Running
  /** The version table does not hold the row that a step expects: somebody else moved the database. */
  VERSION_ROW_MISSING: 1,
  /** `stamp --accept` of a revision that the database does not have. */
  REVISION_NOT_APPLIED: 1,
  /** The version table is none that limbeck could keep. */
  VERSION_TABLE_INVALID: 1,
  /** The ledger is none that limbeck could write to. */
  LEDGER_INVALID: 1,
  /** A line of the ledger that a run would go by is not limbeck's. */
  LEDGER_LINE_INVALID: 1,
  /** The version table and the ledger cannot be created where they should be. */
  VERSION_TABLE_UNUSABLE: 1,
  /** The database refused a statement of a revision. */
  STATEMENT_FAILED: 1,
  /** It got no lock in time, however often it was tried. */
  LOCK_TIMEOUT: 1,
  /** It took longer than it may. */
  STATEMENT_TIMEOUT: 1,
  /** A hook around a run threw. */
  HOOK_FAILED: 1,
  /** The code of an op.run threw. */
  RUN_FAILED: 1,
  /** Code of an op.run or op.backfill used its connection after it had ended. */
  RUN_ENDED: 1,
  /** A backfill has no unique key to walk along. */
  BACKFILL_KEY: 1,
  /** `--atomic`, and the plan has to commit on its way. */
  ATOMIC_IMPOSSIBLE: 1,
  /** SQL of a script begins or ends a transaction. */
  TRANSACTION_CONTROL: 1,
  /** What needs a commit of its own met the transaction of the application. */
  TRANSACTION_SHARED: 1,
  /** A placeholder without a value. */
  PARAMETER_MISSING: 1,

  // Offline SQL
  OFFLINE_CONNECT: 1,
  /** An op.run that has no offline form. */
  RUN_OFFLINE: 1,
  RANGE_NEEDS_SQL: 2,
  RANGE_REQUIRED: 2,
  RANGE_STARTS_DIFFER: 2,
  PURGE_OFFLINE: 2,
  REVISION_OFFLINE: 2,

  // env.ts
  ENVIRONMENT_INVALID: 1,
  ENVIRONMENT_DID_NOT_RUN: 1,
  /** The code of env.ts threw. */
  ENVIRONMENT_FAILED: 1,
  /** `context.configure` was given what it does not know or cannot use. */
  CONFIGURE_INVALID: 1,
  /** `env.ts` asked the context for what this command does not have. */
  CONTEXT_UNAVAILABLE: 1,
  TARGET_MISSING: 1,
  TARGET_UNREADABLE: 1,

  // Autogenerate
  /** env.ts runs the migrations several times. */
  AUTOGENERATE_TWICE: 1,
  /** `--replay`: a revision does not go through in an embedded PostgreSQL. */
  REPLAY_FAILED: 1,
  TARGET_NOT_UP_TO_DATE: 1,
  /** What the database holds does not survive being built from its description. */
  CURRENT_NOT_REBUILDABLE: 1,
  PROOF_FAILED: 1,
} as const

/** A stable word for what went wrong. */
export type ErrorCode = keyof typeof errorCodes

/** Shells give a process that a signal has ended 128 and the signal's number. */
const signalStatuses: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }

/** What an error knows beside its sentence: plain values that `--json` can print. */
export type ErrorFacts = Readonly<Record<string, unknown>>

/** What an error is told beside its code and its sentence. */
export interface LimbeckErrorOptions {
  /** Facts a program can act on: ids, statement, file, line and column. Never a secret. */
  readonly facts?: ErrorFacts
  /** What to do next, as a sentence. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** What anything that was thrown says. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** An error meant for the user: one sentence with the fact, a stable code, and the next step. */
export class LimbeckError extends Error {
  override readonly name = 'LimbeckError'
  /** A stable word for what went wrong, which docs/reference/errors.md explains. */
  readonly code: ErrorCode
  /** Plain values to act on; which ones depends on the code. */
  readonly facts: ErrorFacts
  /** What to do next, as a sentence. */
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: LimbeckErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.facts = options.facts ?? {}
    this.hint = options.hint
  }

  /** The exit status of a process that ends with this error. */
  get exitStatus(): number {
    const { signal } = this.facts
    const isSignal = this.code === 'INTERRUPTED' && typeof signal === 'string'
    return (isSignal ? signalStatuses[signal] : undefined) ?? errorCodes[this.code]
  }
}

/** An error with other words, facts or another hint; the one at hand is its cause. */
export function amended(
  error: LimbeckError,
  more: LimbeckErrorOptions & { readonly message?: string },
): LimbeckError {
  const { message = error.message, facts = error.facts, hint = error.hint } = more
  return new LimbeckError(error.code, message, { facts, hint, cause: error })
}
