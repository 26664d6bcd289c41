import type { DialectName } from '../dialects/dialect.ts'
import { cacheDirectory } from '../environment/cache.ts'
import type { Project } from '../environment/project.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { ScratchOptions } from '../scratch/backing.ts'
import { openScratch, type ScratchDatabase } from '../scratch/scratch.ts'

/** Opens a scratch database beside the one of a session, where the config says. */
export function openScratchBeside(
  project: Project,
  { dialect, connection, url }: MigrationSession,
): Promise<ScratchDatabase> {
  return openScratch({
    ...settingsOf(project),
    mode: project.config.scratch,
    dialect: dialect.name,
    current: { connection: connection!, url },
  })
}

/** Opens one in this process, beside a database that is in it too, whatever the config says. */
export function openScratchEmbedded(
  project: Project,
  { dialect, connection }: MigrationSession,
): Promise<ScratchDatabase> {
  return openScratch({
    ...settingsOf(project),
    mode: 'embedded',
    dialect: dialect.name,
    current: { connection: connection! },
  })
}

/** Opens a scratch database where there is no other: in a place of its own. */
export function openScratchAlone(
  project: Project,
  mode: ScratchOptions['mode'],
  dialect: DialectName,
): Promise<ScratchDatabase> {
  return openScratch({ ...settingsOf(project), mode, dialect })
}

const settingsOf = ({ config, report, signal }: Project) => ({
  signal,
  cacheDirectory: cacheDirectory(config),
  onProgress: (message: string) => report({ type: 'progress', message }),
})
