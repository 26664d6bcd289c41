import type { Project } from '../../environment/project.ts'
import type { Scripts } from '../../environment/scripts.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'
import { connectionVerdict, poolerVerdict } from './connection.ts'
import { type Findings, unchecked } from './findings.ts'
import { headsVerdict, partialVerdicts } from './heads.ts'
import { runLockVerdict } from './run-lock.ts'
import { scratchVerdict } from './scratch.ts'
import { expectVerdict, rightsVerdicts, writableVerdict } from './writing.ts'

/** What is known of the project when a database is looked at. */
export interface DatabaseGround {
  readonly findings: Findings
  readonly project: Project
  /** Absent where they cannot be read. */
  readonly scripts: Scripts | undefined
  /** What scripts and target need. */
  readonly extensions: readonly string[]
}

/** Looks at one database, and changes nothing in it. */
export async function examine(ground: DatabaseGround, session: MigrationSession): Promise<void> {
  const { findings, project, scripts, extensions } = ground
  const { dialect, versionTable, ledger } = session
  const connection = session.connection!
  findings.database = session.database
  findings.add('connection', connectionVerdict(session))
  const tables = [versionTable.name, ledger.name]
  const situation = await dialect.situation?.(connection, { tables })
  if (situation !== undefined) {
    findings.add('database', expectVerdict(session, situation))
    await findings.look('writing', () => writableVerdict(session, situation))
    await findings.look('rights', async () => rightsVerdicts(session, situation))
  }
  await findings.look('pooler', () => poolerVerdict(session))
  const question = { situation: situation!, versionTable: versionTable.name, ledger: ledger.name }
  for (const { check, run } of (await dialect.healthChecks?.()) ?? [])
    await findings.look(check, async () => run(connection, { ...question, extensions }))
  await findings.look('revisions', async () =>
    scripts === undefined
      ? unchecked('the revision files cannot be read')
      : headsVerdict(session, scripts),
  )
  await findings.look('half-done revisions', () => partialVerdicts(session))
  await findings.look('run lock', () => runLockVerdict(session))
  const server = connection.kind === 'embedded' ? undefined : situation
  findings.add('scratch database', scratchVerdict(project, server))
  findings.database = undefined
}
