import type { Environment } from '../environment/environment.ts'
import type { Project } from '../environment/project.ts'
import type { Scripts } from '../environment/scripts.ts'
import { loadTarget } from '../environment/target.ts'
import { LimbeckError } from '../errors.ts'
import { planUpgrade } from '../revisions/plan.ts'
import { joinHints } from '../revisions/several-heads.ts'
import { spokenRevision } from '../revisions/spoken-revision.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import type { ScratchDatabase } from '../scratch/scratch.ts'
import { counted } from '../text/sentences.ts'
import { type Comparison, compare } from './compare.ts'
import { placedSettings } from './filter/placed-settings.ts'
import { historySchemas } from './history-schemas.ts'
import { openScratchBeside } from './open-scratch.ts'

export interface ComparisonOptions {
  readonly project: Project
  readonly environment: Environment
  readonly scripts: Scripts
  readonly session: MigrationSession
}

/**
 * Compares the session's database with the environment's target, and hands over what was found
 * together with the scratch database, which lives until `work` ends.
 */
export async function withComparison<T>(
  options: ComparisonOptions,
  work: (comparison: Comparison, scratch: ScratchDatabase) => Promise<T>,
): Promise<T> {
  const { project, environment, scripts, session } = options
  await expectAtHeads(options)
  const target = session.target ?? environment.target
  const sources = await loadTarget({ ...environment, target }, project)
  const scratch = await openScratchBeside(project, session)
  try {
    const comparison = await compare({
      dialect: session.dialect,
      connection: session.connection!,
      sources,
      scratch,
      config: project.config,
      exclude: [session.versionTable.name, session.ledger.name],
      historySchemas: () => historySchemas(scripts.byId.values(), session.scriptContext),
      settings: placedSettings(session.comparison, environment),
    })
    return await work(comparison, scratch)
  } finally {
    await scratch.close()
  }
}

/** A proposal starts from what all revisions make, so the database must have them all. */
async function expectAtHeads({ scripts, session }: ComparisonOptions): Promise<void> {
  const { graph } = scripts
  const rows = await session.versionTable.read(session.connection!)
  const { steps } = planUpgrade(graph, rows, 'heads')
  if (steps.length === 0) return
  const pending = steps.map(({ revision }) => ({ id: revision.id, message: revision.message }))
  throw new LimbeckError(
    'TARGET_NOT_UP_TO_DATE',
    [
      `Target database is not up to date: ${counted(pending.length, 'pending revision')}.`,
      ...steps.map(({ revision }) => `  ${spokenRevision(revision)}`),
    ].join('\n'),
    {
      facts: { current: rows, pending },
      hint: [
        `Run \`limbeck upgrade head${graph.realHeads.length > 1 ? 's' : ''}\` first.`,
        ...joinHints(graph),
      ].join(' '),
    },
  )
}
