import { join } from 'node:path'
import { cacheDirectory } from '../environment/cache.ts'
import type { Environment } from '../environment/environment.ts'
import type { Project } from '../environment/project.ts'
import type { Scripts } from '../environment/scripts.ts'
import { loadTarget } from '../environment/target.ts'
import { LimbeckError } from '../errors.ts'
import { planUpgrade } from '../revisions/plan.ts'
import { joinHints } from '../revisions/several-heads.ts'
import { spokenRevision } from '../revisions/spoken-revision.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { type ScratchOnDemand, scratchOnDemand } from '../scratch/on-demand.ts'
import { scratchInWords, usedScratch } from '../scratch/used-scratch.ts'
import { counted } from '../text/sentences.ts'
import { type Comparison, compare } from './compare.ts'
import { placedSettings } from './filter/placed-settings.ts'
import { historySchemas } from './history-schemas.ts'
import { openScratchBeside, openScratchEmbedded } from './open-scratch.ts'
import type { RenameAnswers } from './renames/answers.ts'
import { type ReplayedHistory, replayHistory } from './replay/replay-history.ts'
import type { MemoryPlace } from './settle/settle.ts'

export interface ComparisonOptions {
  readonly project: Project
  readonly environment: Environment
  readonly scripts: Scripts
  readonly session: MigrationSession
  /** The session's database is an empty one in memory, in which the history is replayed first. */
  readonly isReplay?: boolean | undefined
  /** What is said of renames. */
  readonly renames?: RenameAnswers | undefined
  /** Nobody goes on with sides that are equal. */
  readonly isQuick?: boolean | undefined
}

/** A comparison, and where it was made. */
export interface ComparisonInHand {
  readonly comparison: Comparison
  /** Opened where it is needed; lives until the work with it ends. */
  readonly scratch: ScratchOnDemand
  /** Absent where the database is one that was there. */
  readonly replayed: ReplayedHistory | undefined
}

/** Compares the session's database with the environment's target, and hands over what was found. */
export async function withComparison<T>(
  options: ComparisonOptions,
  work: (inHand: ComparisonInHand) => Promise<T>,
): Promise<T> {
  const { project, environment, scripts, session, isReplay } = options
  const replayed = isReplay ? await replayHistory(options) : await expectAtHeads(options)
  const target = session.target ?? environment.target
  const scratch = scratchOnDemand(() => openTold(options))
  try {
    const comparison = await compare({
      dialect: session.dialect,
      connection: session.connection!,
      sources: () => loadTarget({ ...environment, target }, project),
      scratch,
      config: project.config,
      exclude: [session.versionTable.name, session.ledger.name],
      historySchemas: () => historySchemas(scripts.byId.values(), session.scriptContext),
      settings: placedSettings(session.comparison, environment),
      renames: options.renames,
      memory: memoryPlace(options),
      isQuick: options.isQuick,
    })
    return await work({ comparison, scratch, replayed })
  } finally {
    await scratch.close()
  }
}

function memoryPlace({ project, session, isReplay }: ComparisonOptions): MemoryPlace {
  const { config } = project
  const mayBeBeside = config.scratch === undefined || config.scratch === 'server'
  return {
    folder: join(cacheDirectory(config), 'comparisons'),
    isBeside: mayBeBeside && !isReplay && session.url !== undefined,
  }
}

/** Opens a scratch database, and says which. */
async function openTold({ project, session, isReplay }: ComparisonOptions) {
  const scratch = await (isReplay ? openScratchEmbedded : openScratchBeside)(project, session)
  const used = usedScratch(scratch)
  project.report({ type: 'scratch', ...used, name: scratchInWords(used) })
  return scratch
}

/** A proposal starts from what all revisions make, so the database must have them all. */
async function expectAtHeads({ scripts, session }: ComparisonOptions): Promise<undefined> {
  const { graph } = scripts
  const rows = await session.versionTable.read(session.connection!)
  const { steps } = planUpgrade(graph, rows, 'heads')
  if (steps.length === 0) return undefined
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
