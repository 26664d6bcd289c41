import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { underLock } from '../runtime/lock/under-lock.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { Preflight } from '../runtime/preflight/preflight.ts'
import { Runner } from '../runtime/runner.ts'
import { SqlWriter } from '../runtime/sql-writer.ts'
import { limitRun } from '../runtime/timeouts/limit-run.ts'
import { displayName, type QualifiedName } from '../schema/index.ts'
import { firstDatabase } from './first-database.ts'
import type { EnsureVersionInput } from './inputs.ts'
import type { EnsureVersionResult } from './results/ensure-version.ts'
import { waitingFor } from './wait-lock.ts'

/**
 * Creates the version table, and the ledger beside it, where they are missing: a role that may not
 * create tables can run the revisions afterwards.
 */
export async function ensureVersion(input: EnsureVersionInput): Promise<EnsureVersionResult> {
  const project = await openProject(input)
  const environment = await loadEnvironment(project)
  const isOffline = input.sql ?? false
  const results: EnsureVersionResult[] = []
  const script: string[] = []
  await runEnvironment({
    project,
    environment,
    isOffline,
    write: text => script.push(text),
    work: async session => {
      results.push(isOffline ? writeCreation(session) : await create(waitingFor(input, session)))
    },
  })
  return {
    ...firstDatabase(results),
    ...(isOffline && { sql: script.join('') }),
  }
}

const create = (session: MigrationSession): Promise<EnsureVersionResult> =>
  underLock({
    session,
    look: connection => Preflight.open({ ...session, connection }),
    work: createMissing,
  })

async function createMissing(
  preflight: Preflight,
  session: MigrationSession,
): Promise<EnsureVersionResult> {
  const connection = session.connection!
  const tables = [session.versionTable, session.ledger]
  const created: string[] = []
  for (const table of tables) {
    if ((await table.creation(connection)).length > 0) created.push(nameOf(table))
  }
  if (created.length > 0) {
    await preflight.expectWritable({ steps: [] })
    await limitRun(session, preflight.timeouts, limited =>
      new Runner({ ...session, connection, ...limited }).run([]),
    )
  }
  return { database: session.database, tables: tables.map(nameOf), created }
}

function writeCreation(session: MigrationSession): EnsureVersionResult {
  new SqlWriter({ ...session, script: session.script! }).writeTables()
  const tables = session.offlineLedger
    ? [session.versionTable, session.ledger]
    : [session.versionTable]
  return { tables: tables.map(nameOf) }
}

const nameOf = ({ name }: { readonly name: QualifiedName }): string => displayName(name)
