import { durationComplaint, parseDuration } from '../config/duration.ts'
import { LimbeckError } from '../errors.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'

/** A session that waits for another run as long as the command was told; else as long as the config says. */
export function waitingFor(
  { waitLock }: { readonly waitLock?: string | undefined },
  session: MigrationSession,
): MigrationSession {
  return waitLock === undefined ? session : { ...session, waitLock: lengthOf(waitLock) }
}

function lengthOf(text: string): number {
  const length = parseDuration(text)
  if (length !== undefined) return length
  throw new LimbeckError('USAGE', `--wait-lock: ${durationComplaint(text)}`, {
    facts: { option: '--wait-lock', value: text },
  })
}
