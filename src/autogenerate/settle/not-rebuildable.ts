import { DatabaseError } from '../../dialects/database-error.ts'
import { LimbeckError } from '../../errors.ts'
import type { DatabaseSchema } from '../../schema/index.ts'
import { majorOf } from '../../scratch/used-scratch.ts'

/** What it means that a schema cannot be built again from its own description; other errors mean themselves. */
export function notRebuildable(
  schema: DatabaseSchema,
  whose: 'target' | 'database',
  error: unknown,
): unknown {
  if (error instanceof DatabaseError) return refused(schema, whose, error)
  return isTooOld(error) ? scratchTooOld(schema, error) : error
}

function refused(
  { unmodelled }: DatabaseSchema,
  whose: 'target' | 'database',
  error: DatabaseError,
): LimbeckError {
  return new LimbeckError(
    whose === 'database' ? 'CURRENT_NOT_REBUILDABLE' : 'TARGET_BUILD_FAILED',
    `The ${whose} cannot be built again in scratch, so nothing can be compared: ${error.message}`,
    {
      facts: { statement: error.sql, sqlstate: error.code, unmodelled },
      hint: 'Something in it rests on what limbeck does not model. Write revisions by hand meanwhile, and report the statement.',
      cause: error,
    },
  )
}

const isTooOld = (error: unknown): error is LimbeckError =>
  error instanceof LimbeckError && error.code === 'SERVER_TOO_OLD'

/** A scratch database of an older major than that of the database. */
function scratchTooOld({ serverVersion }: DatabaseSchema, error: LimbeckError): LimbeckError {
  return new LimbeckError(
    'CURRENT_NOT_REBUILDABLE',
    `The server of the scratch database is older than the database, which is PostgreSQL ${majorOf(serverVersion)}, and cannot hold a copy of it: ${error.message}`,
    {
      facts: error.facts,
      hint: 'Use a scratch database of the same major: scratch: "server", or a scratchUrl there.',
      cause: error,
    },
  )
}
