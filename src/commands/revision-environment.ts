import { type Environment, loadEnvironment } from '../environment/environment.ts'
import type { Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'

export interface RevisionEnvironmentOptions {
  readonly isOffline?: boolean | undefined
  /** What to do once env.ts has connected (or, offline, at once). */
  readonly work?: (session: MigrationSession, environment: Environment) => Promise<void>
}

/** Runs env.ts for a command that has no need of a database, where `revisionEnvironment` asks for it. */
export async function runRevisionEnvironment(
  project: Project,
  { isOffline, work }: RevisionEnvironmentOptions = {},
): Promise<void> {
  if (!project.config.revisionEnvironment) return
  const environment = await loadEnvironment(project)
  await runEnvironment({
    project,
    environment,
    isOffline,
    work: async session => work?.(session, environment),
  })
}
