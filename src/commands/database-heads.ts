import { loadEnvironment } from '../environment/environment.ts'
import type { Project } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { type LedgerRecord, type LedgerRecords, readRecords } from '../runtime/ledger-records.ts'

/** What is read of the databases of a project. */
export interface DatabasePlace {
  /** The rows of the version table; where `env.ts` runs for several databases, those of all. */
  readonly heads: readonly string[]
  /** What the ledger knows of each revision; of several, the first that knows it. */
  readonly records: LedgerRecords
}

/** Reads the version rows, and with `ledger` what stands beside them. */
export async function readDatabasePlace(
  project: Project,
  { ledger: isAsked = false }: { readonly ledger?: boolean | undefined },
): Promise<DatabasePlace> {
  const environment = await loadEnvironment(project)
  const heads = new Set<string>()
  const records = new Map<string, LedgerRecord>()
  await runEnvironment({
    project,
    environment,
    work: async session => {
      for (const head of await session.versionTable.read(session.connection!)) heads.add(head)
      const known = isAsked ? await readRecords(session) : []
      for (const [id, record] of known) if (!records.has(id)) records.set(id, record)
    },
  })
  return { heads: [...heads], records }
}

/** The rows of the version table; where `env.ts` runs for several databases, those of all. */
export async function readDatabaseHeads(project: Project): Promise<readonly string[]> {
  return (await readDatabasePlace(project, {})).heads
}
