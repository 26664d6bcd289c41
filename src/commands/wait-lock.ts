import type { MigrationSession } from '../runtime/migration-session.ts'
import { durationOption } from './duration-option.ts'

/** A session that waits for another run as long as the command was told; else as long as the config says. */
export function waitingFor(
  input: { readonly waitLock?: string | undefined },
  session: MigrationSession,
): MigrationSession {
  const waitLock = durationOption('--wait-lock', input.waitLock)
  return waitLock === undefined ? session : { ...session, waitLock }
}
