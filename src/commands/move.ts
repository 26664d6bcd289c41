import type { CompileOptions } from '../dialects/dialect.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import type { Plan } from '../revisions/plan.ts'
import type { MigrationSession } from '../runtime/migration-context.ts'
import { type RecordedStep, recordSteps } from '../runtime/recorded-step.ts'
import { Runner } from '../runtime/runner.ts'
import { SqlWriter } from '../runtime/sql-writer.ts'
import type { MoveResult, StepResult } from './results.ts'

/** What distinguishes upgrade, downgrade and stamp from each other. */
export interface Move {
  readonly isOffline: boolean
  /** Offline: where the script starts, since no database can be asked. */
  startHeads(scripts: Scripts): readonly string[]
  plan(scripts: Scripts, heads: readonly string[]): Plan
  /** SQL that comes before the first step, in the same transaction. */
  before?(session: MigrationSession): readonly string[]
}

/** Moves a database along a plan, or writes the SQL that would. */
export async function move(
  input: Parameters<typeof openProject>[0],
  moveOf: Move,
): Promise<MoveResult> {
  const project = await openProject(input)
  const scripts = await readScripts(project)
  const environment = await loadEnvironment(project)
  const results: MoveResult[] = []
  const act = moveOf.isOffline ? writeMove : runMove
  await runEnvironment({
    project,
    environment,
    isOffline: moveOf.isOffline,
    work: async session => {
      results.push(await act(moveOf, scripts, session))
    },
  })
  return joined(results)
}

async function runMove(
  moveOf: Move,
  scripts: Scripts,
  session: MigrationSession,
): Promise<MoveResult> {
  const connection = session.connection!
  const { serverVersion } = connection
  const plan = moveOf.plan(scripts, await session.versionTable.read(connection))
  const steps = await recorded(plan, scripts, session, { serverVersion })
  const before = moveOf.before?.(session) ?? []
  if (steps.length > 0 || before.length > 0)
    await new Runner({ ...session, connection }).run(steps, before)
  return { ...resultOf(plan), database: session.database }
}

async function writeMove(
  moveOf: Move,
  scripts: Scripts,
  session: MigrationSession,
): Promise<MoveResult> {
  const plan = moveOf.plan(scripts, moveOf.startHeads(scripts))
  const steps = await recorded(plan, scripts, session, {})
  const pieces: string[] = []
  const write = (text: string) => {
    pieces.push(text)
  }
  new SqlWriter({ ...session, write }).writePlan(steps, plan.headsBefore)
  return { ...resultOf(plan), sql: pieces.join('') }
}

/** The steps of a plan as they will run; what there is to be said of the plan is said. */
function recorded(
  plan: Plan,
  scripts: Scripts,
  { dialect, report }: MigrationSession,
  options: CompileOptions,
): Promise<RecordedStep[]> {
  for (const { message } of plan.warnings) report({ type: 'warning', message })
  return recordSteps(plan.steps, scripts.byId, dialect, options)
}

function resultOf({ steps, headsBefore, headsAfter }: Plan): MoveResult {
  return {
    steps: steps.map(
      ({ direction, revision, from, to }): StepResult => ({
        direction,
        revision: revision.id,
        from,
        to,
        message: revision.message,
      }),
    ),
    headsBefore,
    headsAfter,
  }
}

/** An environment may run several times, once for each of several databases. */
function joined(results: readonly MoveResult[]): MoveResult {
  const [first, ...rest] = results
  if (first === undefined) return { steps: [], headsBefore: [], headsAfter: [] }
  if (rest.length === 0) return first
  return {
    ...first,
    steps: results.flatMap(result => result.steps),
    headsAfter: results.at(-1)?.headsAfter ?? [],
    ...(first.sql === undefined ? {} : { sql: results.map(result => result.sql).join('') }),
  }
}
