import type { Connection } from '../../dialects/dialect.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { LimbeckError } from '../../errors.ts'
import type { Step } from '../../revisions/plan.ts'
import { operationsOf, type RecordedStep, recordSteps } from '../../runtime/recorded-step.ts'
import { clusterWideWords } from '../../scratch/cluster-wide.ts'
import { provideRequirements, requirementsOf } from '../../scratch/requirements.ts'
import type { Replayer } from './replay.ts'

/** What revisions do, in a database where they can be tried; what its server lacks is told before they run. */
export async function recordHistory(
  steps: readonly Step[],
  scripts: Scripts,
  { dialect, context }: Replayer,
  connection: Connection,
): Promise<readonly RecordedStep[]> {
  const { serverVersion, kind } = connection
  const recorded = await recordSteps(steps, scripts.byId, dialect, { serverVersion, context })
  const contents = { operations: recorded.flatMap(operationsOf), expresses: 'all' } as const
  const { roles, extensions } = requirementsOf([contents])
  const isEmbedded = kind === 'embedded'
  if (!isEmbedded) for (const one of recorded) expectWithinDatabase(one)
  // Where it may, a revision makes roles itself; what none makes is made when it is missed.
  const required = { roles: isEmbedded ? [] : roles, extensions }
  await provideRequirements(connection, { history: required })
  return recorded
}

/** Scratch databases on a server share its roles with all others. */
function expectWithinDatabase({ step, items }: RecordedStep): void {
  for (const item of items) {
    const words = 'kind' in item ? undefined : clusterWideWords(item.sql)
    if (words === undefined) continue
    throw new LimbeckError(
      'SCRATCH_UNAVAILABLE',
      `Revision ${step.revision.id} changes what all databases of a server share (${words} …), so it can only be tried in an embedded PostgreSQL (scratch: "embedded").`,
      { facts: { revision: step.revision.id, words } },
    )
  }
}
