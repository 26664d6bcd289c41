import { loadEnvironment } from '../environment/environment.ts'
import type { Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'

/** The rows of the version table; where `env.ts` runs for several databases, those of all. */
export async function readDatabaseHeads(project: Project): Promise<string[]> {
  const environment = await loadEnvironment(project)
  const heads: string[] = []
  await runEnvironment({
    project,
    environment,
    work: async ({ versionTable, connection }) => {
      heads.push(...(await versionTable.read(connection!)))
    },
  })
  return [...new Set(heads)]
}
