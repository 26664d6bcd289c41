import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findBinaries, systemBinaries } from './postgres-binaries.ts'
import { type PostgresProcess, type ServerSettings, startPostgres } from './postgres-process.ts'
import { runAsServerUser } from './postgres-user.ts'

/** What to do where no standby can be made of a server of this major; undefined where it can. */
export function missingStandby(major: number): string | undefined {
  return findBaseBackup(major) === undefined ? `there is no pg_basebackup ${major}` : undefined
}

function findBaseBackup(major: number): string | undefined {
  const prefix = systemBinaries(major)?.prefix
  const program = prefix && join(prefix, 'bin', 'pg_basebackup')
  return program && existsSync(program) ? program : undefined
}

/** Starts a server that repeats what another one does. It knows the other's password. */
export function startStandby(
  primary: PostgresProcess,
  settings: ServerSettings = {},
): Promise<PostgresProcess> {
  const { major, url } = primary
  const program = findBaseBackup(major)!
  return startPostgres(findBinaries(major)!, settings, data => {
    // -R writes primary_conninfo, with the password, and standby.signal.
    const words = ['-d', url, '-D', data, '-X', 'stream', '-c', 'fast', '-R', '--no-sync']
    runAsServerUser(program, words, { cwd: '/' })
  })
}
