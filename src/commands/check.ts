import { withComparison } from '../autogenerate/with-comparison.ts'
import { withoutSecrets } from '../credentials/without-secrets.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import { describe } from '../operations/describe.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { groundOf } from './comparison-ground.ts'
import { findEdited } from './edited.ts'
import { expectReplayable } from './expect-replayable.ts'
import type { CheckInput } from './inputs.ts'
import { notModelled } from './not-modelled.ts'
import type { CheckDatabase, CheckResult } from './results/check.ts'

/** Says whether autogenerate would find anything to do. Writes nothing. */
export async function check(input: CheckInput): Promise<CheckResult> {
  if (!input.replay) return compareAll(input)
  expectReplayable(input)
  return withoutSecrets(() => compareAll(input))
}

async function compareAll(input: CheckInput): Promise<CheckResult> {
  const { replay: isReplay = false } = input
  const renames = { given: input.renames }
  const project = await openProject(input)
  const scripts = await readScripts(project)
  const environment = await loadEnvironment(project)
  const results: CheckDatabase[] = []
  await runEnvironment({
    project,
    environment,
    isReplay,
    work: async session => {
      const edited = isReplay ? [] : await editedIn(session, scripts)
      await withComparison(
        { project, environment, scripts, session, isReplay, renames, isQuick: true },
        async inHand => {
          const { comparison } = inHand
          results.push({
            ...groundOf(inHand),
            database: session.database,
            pending: comparison.diff.operations.map(operation => ({
              kind: operation.kind,
              description: describe(operation, comparison.target.defaultSchema),
            })),
            renames: comparison.renames,
            notModelled: notModelled(comparison),
            edited,
          })
        },
      )
    },
  })
  return {
    ...results[0],
    database: results[0]?.database ?? '',
    pending: results.flatMap(result => result.pending),
    renames: results.flatMap(result => result.renames),
    notModelled: results.flatMap(result => result.notModelled),
    edited: results.flatMap(result => result.edited),
    ...(results.length > 1 && { databases: results }),
  }
}

async function editedIn(session: MigrationSession, scripts: Scripts) {
  return findEdited(session, scripts, await session.versionTable.read(session.connection!))
}
