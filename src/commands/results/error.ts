import type { ErrorCode } from '../../errors.ts'

/** What `--json` prints for a command that failed. */
export interface ErrorDocument {
  /** What went wrong. */
  readonly error: ErrorFields
}

/** An error, as a program reads it. */
export interface ErrorFields {
  /** A stable word for what went wrong, which the reference of errors explains. */
  readonly code: ErrorCode
  /** In one sentence, for people. */
  readonly message: string
  /** Plain values to act on; which ones depends on the code. */
  readonly facts: Readonly<Record<string, unknown>>
  /** What to do next, as a sentence. */
  readonly hint?: string | undefined
  /** The exit status of the process. */
  readonly exitStatus: number
}
