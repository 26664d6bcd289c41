import type { Project } from '../../environment/project.ts'
import type { Scripts } from '../../environment/scripts.ts'
import { LimbeckError, messageOf } from '../../errors.ts'
import { planUpgrade } from '../../revisions/plan.ts'
import type { MigrationSession } from '../../runtime/migration-session.ts'
import type { RecordedStep } from '../../runtime/recorded-step.ts'
import { extensionHint, missingExtension } from '../../scratch/missing-extension.ts'
import { counted } from '../../text/sentences.ts'
import { failureLines, failureOf } from './failure.ts'
import { recordHistory } from './record-history.ts'
import { codeLeftOut, replay } from './replay.ts'

/** A history that was run in an empty database. */
export interface ReplayedHistory {
  /** How many revisions have run. */
  readonly revisions: number
  /** Where code stands that was not called: `/…/32cceb7bc6db_x.ts:12:3`. */
  readonly leftOut: readonly string[]
}

export interface ReplayHistoryOptions {
  readonly project: Project
  readonly scripts: Scripts
  /** An embedded database of its own. */
  readonly session: MigrationSession
}

/** Moves an embedded database to every head. Code runs only where it was declared harmless. */
export async function replayHistory(options: ReplayHistoryOptions): Promise<ReplayedHistory> {
  const { project, scripts, session } = options
  const { dialect, versionTable, ledger, scriptContext: context } = session
  const connection = session.connection!
  const rows = await versionTable.read(connection)
  const { steps } = planUpgrade(scripts.graph, rows, 'heads')
  const message = `replaying ${counted(steps.length, 'revision')}`
  project.report({ type: 'progress', message })
  const replayer = { dialect, versionTable, ledger, context }
  const recorded = await recordHistory(steps, scripts, replayer, connection)
  try {
    await replay(steps, recorded, connection, replayer)
  } catch (error) {
    const isOfRevision = error instanceof LimbeckError && error.facts.revision !== undefined
    throw isOfRevision ? replayFailed(error, recorded, project) : error
  }
  return { revisions: steps.length, leftOut: codeLeftOut(recorded) }
}

function replayFailed(
  error: LimbeckError,
  recorded: readonly RecordedStep[],
  { config }: Project,
): LimbeckError {
  const failure = failureOf(error, config.directory)
  const [sentence, ...statement] = failureLines(failure)
  const place = recorded.findIndex(({ step }) => step.revision.id === failure.revision)
  const leftOut = codeLeftOut(recorded.slice(0, place + 1))
  return new LimbeckError(
    'REPLAY_FAILED',
    [`The revisions cannot be replayed: ${sentence}`, ...statement].join('\n'),
    { facts: { ...failure, notCalled: leftOut }, hint: hintFor(error, leftOut), cause: error },
  )
}

function hintFor(error: LimbeckError, [first]: readonly string[]): string {
  const extension = missingExtension(messageOf(error.cause))
  if (extension !== undefined) return extensionHint([extension], 'embedded')
  const codeHint =
    first === undefined
      ? ''
      : `The code at ${first} was not called: if this needs it, and it harms nobody, say so with \`{ scratch: true }\`. `
  return `${codeHint}Correct the revision; or leave --replay out, and compare with a database.`
}
