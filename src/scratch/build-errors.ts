import type { DatabaseError } from '../dialects/database-error.ts'
import { LimbeckError } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { Operation } from '../operations/operation.ts'
import type { SourceStatement } from '../sources/source.ts'
import { offsetOf, positionAt } from '../text/position.ts'

/** An operation and the SQL that makes it. */
export interface BuildUnit {
  readonly operation: Operation
  readonly statements: readonly string[]
}

/** An operation that the database refused, and how. */
export interface BuildFailure {
  readonly unit: BuildUnit
  readonly error: DatabaseError
}

/** The error of a statement of a file: the line is that of the fault where the database points at one. */
export function statementRefused(statement: SourceStatement, error: DatabaseError): LimbeckError {
  const { file, sql } = statement
  const fault = positionAt(sql, offsetOf((error.position ?? 1) - 1, sql))
  const line = statement.line + fault.line - 1
  return targetBuildFailed(`${file}:${line}: ${reason(error)}`, error, {
    file,
    line,
    statement: sql,
  })
}

/** The error of operations of which none can be built: the one that does not just wait for another. */
export function operationRefused(failures: readonly BuildFailure[]): LimbeckError {
  const { unit, error } = failures.find(failure => !isWaiting(failure)) ?? failures[0]!
  const what = describe(unit.operation).replace(/^[-+~] /, '')
  return targetBuildFailed(`${what}: ${reason(error)}`, error, {
    operation: what,
    statement: error.sql,
  })
}

function targetBuildFailed(message: string, error: DatabaseError, facts: object): LimbeckError {
  return new LimbeckError('TARGET_BUILD_FAILED', `The target cannot be built: ${message}.`, {
    facts: { ...facts, sqlstate: error.code, detail: error.detail, position: error.position },
    hint: hintFor(error),
    cause: error,
  })
}

function reason({ message, detail }: DatabaseError): string {
  return detail === undefined ? message : `${message} (${detail.replace(/\.$/, '')})`
}

/** SQLSTATEs of something that is not there (yet): schema, table, column, type, function, key. */
const absences = new Set(['3F000', '42P01', '42703', '42704', '42883', '42830'])

const isWaiting = ({ error }: BuildFailure): boolean => absences.has(error.code ?? '')

function hintFor(error: DatabaseError): string {
  if (error.hint !== undefined) return error.hint
  if (absences.has(error.code ?? '')) {
    return 'Check the spelling and the schema. SQL files are read in the order they are given, and what a statement needs has to stand before it.'
  }
  if (error.code === '42501') {
    return 'The role may not do this in a scratch database; use `scratch: "embedded"`, or a scratchUrl whose role may.'
  }
  if (error.code === '0A000') {
    return 'The server of the scratch database was built without this. Use one that has it: scratch: "server", or scratchUrl.'
  }
  return 'Correct the target and run the same command again.'
}
