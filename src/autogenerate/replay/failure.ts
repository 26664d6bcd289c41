import { relative } from 'node:path'
import type { LimbeckError } from '../../errors.ts'

/** Where and why a revision failed; paths from the folder of the config. */
export interface RevisionFailure {
  readonly revision: unknown
  readonly path: string | undefined
  readonly line: unknown
  readonly column: unknown
  /** What the database or the code said. */
  readonly reason: string
  readonly statement: unknown
  readonly sqlstate: unknown
}

/** What the error of a step says, as plain values. */
export function failureOf({ facts, cause, message }: LimbeckError, directory: string) {
  const { revision, file, line, column, statement, sqlstate } = facts
  const path = typeof file === 'string' ? relative(directory, file) : undefined
  const reason = cause instanceof Error ? cause.message : message
  return { revision, path, line, column, reason, statement, sqlstate } satisfies RevisionFailure
}

/** The same in a sentence, and the statement in the lines under it. */
export function failureLines(failure: RevisionFailure, indent = ''): string[] {
  const { revision, path, line, column, reason, statement } = failure
  const place = [path, ...(line === undefined ? [] : [line, column])].join(':')
  const sql =
    typeof statement === 'string' ? statement.replaceAll('\n', `\n${indent}    `) : undefined
  return [
    `${revision} fails${path ? ` at ${place}` : ''}: ${reason}`,
    ...(sql === undefined ? [] : [`${indent}  statement: ${sql}`]),
  ]
}
