import type { DatabaseError } from '../dialects/database-error.ts'
import { LimbeckError } from '../errors.ts'

/** The error of a statement of limbeck's own, in no revision. */
export function statementRefused(error: DatabaseError): LimbeckError {
  const { message, code, sql, hint } = error
  if (!error.isAnswer)
    return new LimbeckError('CONNECTION_FAILED', `The connection broke: ${message}`, {
      facts: { reason: code },
      hint: 'Run the command again; `limbeck current` tells where the database is.',
      cause: error,
    })
  return new LimbeckError(
    'STATEMENT_FAILED',
    `The database refused what limbeck asked: ${message}${sql === undefined ? '' : `\n  statement: ${sql}`}`,
    {
      facts: { sqlstate: code, statement: sql },
      hint: hint ?? rightsHint,
      cause: error,
    },
  )
}

const rightsHint =
  'limbeck reads the catalog, and reads and writes the version table and the ledger: check that the role may.'
