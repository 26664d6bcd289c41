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

  // Files that init and revision write
  DIRECTORY_NOT_EMPTY: 1,
  FILE_EXISTS: 1,

  // Operations
  IRREVERSIBLE: 1,
  OPERATION_INCOMPLETE: 1,
  SERVER_TOO_OLD: 1,
  VALUE_UNSUPPORTED: 1,

  // Dialects
  DIALECT_UNSUPPORTED: 2,
} as const

export type ErrorCode = keyof typeof errorCodes

/** What an error knows beside its sentence: plain values that `--json` can print. */
export type ErrorFacts = Readonly<Record<string, unknown>>

export interface LimbeckErrorOptions {
  /** Facts a program can act on: ids, statement, file, line and column. Never a secret. */
  readonly facts?: ErrorFacts
  /** What to do next, as a sentence. */
  readonly hint?: string
  readonly cause?: unknown
}

/** An error meant for the user: one sentence with the fact, a stable code, and the next step. */
export class LimbeckError extends Error {
  override readonly name = 'LimbeckError'
  readonly code: ErrorCode
  readonly facts: ErrorFacts
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: LimbeckErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.facts = options.facts ?? {}
    this.hint = options.hint
  }

  /** The exit status of a process that ends with this error. */
  get exitStatus(): number {
    return errorCodes[this.code]
  }
}
