import { compileWhole } from '../dialects/compile-whole.ts'
import { amended, LimbeckError } from '../errors.ts'
import { describe } from '../operations/describe.ts'
import type { Operation } from '../operations/operation.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import { majorOf, scratchInWords, usedScratch } from '../scratch/used-scratch.ts'

type Session = Pick<MigrationSession, 'connection' | 'dialect'>

/** What is not seen where a proposal is tried on another major than that of the database. */
export function otherMajorNotes(
  { connection }: Session,
  scratch: ScratchDatabase | undefined,
): readonly string[] {
  const [there, here] = [connection, scratch].map(one => majorOf(one?.serverVersion ?? 0))
  if (scratch === undefined || there === here) return []
  return [
    `proved with ${scratchInWords(usedScratch(scratch))}: that PostgreSQL ${there}, which the database is, does the same is not shown`,
  ]
}

/** Refuses what scratch knows and the database is too old for, before it is written. */
export function expectKnown(
  { connection, dialect }: Session,
  operations: readonly Operation[],
): void {
  const { serverVersion } = connection!
  for (const operation of operations) {
    try {
      compileWhole(operation, dialect, { serverVersion })
    } catch (error) {
      if (!(error instanceof LimbeckError) || error.code !== 'SERVER_TOO_OLD') throw error
      const message = `The database is too old for what the target says. ${describe(operation)}: ${error.message}`
      throw amended(error, {
        message,
        hint: 'Nothing was written. Change the target, or upgrade the server.',
      })
    }
  }
}
