import { DatabaseError } from '../../database-error.ts'

/** The fields that pg and PGlite both put on an error of the server. */
interface ServerError extends Error {
  readonly code?: string
  readonly detail?: string
  readonly hint?: string
  readonly position?: string
}

/** What either driver threw for a statement, as limbeck says it. */
export function toDatabaseError(
  error: unknown,
  facts: { readonly sql: string; readonly statementIndex?: number | undefined },
): DatabaseError {
  const { message, code, detail, hint, position } = error as ServerError
  return new DatabaseError(message, {
    code: code ?? (isLoss(message) ? connectionFailure : undefined),
    detail,
    hint,
    position: position === undefined ? undefined : Number(position),
    ...facts,
    cause: error,
  })
}

const connectionFailure = '08006'

/** pg gives no code to a connection that ended. */
const isLoss = (message: string): boolean => /connection|not queryable/i.test(message)
