import { afterInterruption, untilInterrupted } from '../dialects/interruption.ts'
import { loadEnvironment } from '../environment/environment.ts'
import { openProject, type ProjectInput } from '../environment/project.ts'
import { runEnvironment } from '../environment/run-environment.ts'
import { readScripts, type Scripts } from '../environment/scripts.ts'
import { amended, LimbeckError } from '../errors.ts'
import type { Plan } from '../revisions/plan.ts'
import { boundariesOf, expectAtomic, planCommits } from '../runtime/commit-plan.ts'
import type { RevisionArgument } from '../runtime/context-parts.ts'
import { underLock } from '../runtime/lock/under-lock.ts'
import type { MigrationSession } from '../runtime/migration-session.ts'
import { lookAround, type Preflight } from '../runtime/preflight/preflight.ts'
import { type RecordedStep, recordInTurn } from '../runtime/recorded-step.ts'
import { Recording } from '../runtime/recording.ts'
import { Runner } from '../runtime/runner.ts'
import { SqlWriter } from '../runtime/sql-writer.ts'
import { limitRun } from '../runtime/timeouts/limit-run.ts'
import { tellRun } from '../runtime/told-run.ts'
import { firstDatabase } from './first-database.ts'
import { startHeads } from './offline-range.ts'
import type { MoveDatabase, MoveResult, StepResult } from './results/move.ts'
import { type TimeoutInput, timedBy } from './timeouts.ts'
import { waitingFor } from './wait-lock.ts'

/** What distinguishes upgrade, downgrade and stamp from each other. */
export interface Move {
  readonly isOffline: boolean
  /** How far it goes, for env.ts. */
  readonly argument?: RevisionArgument | undefined
  /** Offline: where the script starts, since no database can be asked. */
  startHeads(scripts: Scripts): readonly string[]
  plan(scripts: Scripts, heads: readonly string[]): Plan
  /** Looks at where the database is, before anything is planned. */
  beforePlan?(session: MigrationSession, scripts: Scripts, heads: readonly string[]): Promise<void>
  /** SQL that comes before the first step, in the same transaction. */
  before?(session: MigrationSession): readonly string[]
  /** Looks at the steps before anything runs; what it throws keeps them from it. */
  beforeRun?(session: MigrationSession, steps: readonly RecordedStep[]): Promise<void>
  /** What there is to say of a plan, before it runs. */
  remark?(scripts: Scripts, plan: Plan): string | undefined
}

interface MoveInput extends ProjectInput, TimeoutInput {
  readonly tag?: string | undefined
  readonly atomic?: boolean | undefined
  readonly waitLock?: string | undefined
}

/** Moves a database along a plan, or writes the SQL that would. */
export async function move(input: MoveInput, moveOf: Move): Promise<MoveResult> {
  const project = await openProject(input)
  const scripts = await readScripts(project)
  const environment = await loadEnvironment(project)
  const { isOffline, argument } = moveOf
  const databases: MoveDatabase[] = []
  const script: string[] = []
  const act = isOffline ? writeMove : runMove
  await runEnvironment({
    project,
    environment,
    isOffline,
    scripts,
    tag: input.tag,
    argument,
    write: text => script.push(text),
    work: async given => {
      const session = timedBy(input, waitingFor(input, input.atomic ? atomic(given) : given))
      try {
        databases.push(await act(moveOf, scripts, session))
      } catch (error) {
        throw amongOthers(afterInterruption(error, session.signal), session, databases)
      }
    },
  })
  return {
    ...firstDatabase(databases),
    ...(isOffline && { sql: script.join('') }),
  }
}

/** The same with one transaction for all, where the database can take back what it has changed. */
function atomic(session: MigrationSession): MigrationSession {
  const { dialect, isTransactional } = session
  if (isTransactional) return { ...session, isAtomic: true, transactionPerMigration: false }
  throw new LimbeckError(
    'ATOMIC_IMPOSSIBLE',
    `This cannot be one transaction: changes of a schema are committed one by one here (${dialect.name}).`,
    { facts: { dialect: dialect.name, commits: [] }, hint: 'Leave --atomic out.' },
  )
}

/** A failure in one of several databases says which it was, and which were moved before it. */
function amongOthers(
  error: unknown,
  { database }: MigrationSession,
  before: readonly MoveDatabase[],
): unknown {
  if (!(error instanceof LimbeckError) || before.length === 0) return error
  const moved = before.map(one => one.database ?? '')
  const where = database === '' ? '' : `\nIn ${database}; moved before it: ${moved.join(', ')}.`
  return amended(error, {
    message: error.message + where,
    facts: { ...error.facts, database, moved },
  })
}

async function runMove(
  moveOf: Move,
  scripts: Scripts,
  session: MigrationSession,
): Promise<MoveDatabase> {
  return underLock({
    session,
    look: () => lookAround(session),
    work: (found, locked) => runPlan(moveOf, scripts, locked, found),
  })
}

async function runPlan(
  moveOf: Move,
  scripts: Scripts,
  session: MigrationSession,
  { preflight, heads }: Awaited<ReturnType<typeof lookAround>>,
): Promise<MoveDatabase> {
  const connection = session.connection!
  const before = moveOf.before?.(session) ?? []
  if (before.length === 0) session.versionTable.expectOnce(heads)
  await moveOf.beforePlan?.(session, scripts, heads)
  const plan = moveOf.plan(scripts, heads)
  const isIdle = plan.steps.length === 0 && before.length === 0
  if (!isIdle) await preflight.expectWritable({ steps: plan.steps, isPurge: before.length > 0 })
  const recording = record(moveOf, plan, scripts, session, preflight)
  // A plan that cannot be all or nothing is refused before anybody is asked about it.
  if (session.isAtomic) expectAtomic(boundariesOf(planCommits(await recording.all, session)))
  await moveOf.beforeRun?.(session, await recording.all)
  const { headsBefore } = plan
  if (!isIdle)
    await tellRun(session, plan, report =>
      limitRun({ ...session, report }, preflight.timeouts, limited =>
        new Runner({ ...session, connection, ...limited }).run(recording, { before, headsBefore }),
      ),
    )
  return { ...resultOf(plan), database: session.database }
}

async function writeMove(
  moveOf: Move,
  scripts: Scripts,
  session: MigrationSession,
): Promise<MoveDatabase> {
  const { startingRev } = session
  const start =
    startingRev === undefined ? moveOf.startHeads(scripts) : startHeads(scripts.graph, startingRev)
  const plan = moveOf.plan(scripts, start)
  const steps = await record(moveOf, plan, scripts, session).all
  await new SqlWriter({ ...session, script: session.script! }).writePlan(steps, plan.headsBefore)
  return resultOf(plan)
}

/** Records the steps of a plan; what there is to be said of the plan is said. */
function record(
  { remark }: Move,
  plan: Plan,
  scripts: Scripts,
  { dialect, connection, report, signal, scriptContext: context }: MigrationSession,
  preflight?: Preflight | undefined,
): Recording {
  for (const { message } of plan.warnings) report({ type: 'warning', message })
  const message = remark?.(scripts, plan)
  if (message !== undefined) report({ type: 'progress', message })
  const serverVersion = connection?.serverVersion
  const options = { serverVersion, context }
  const batches = untilInterrupted(signal, recordInTurn(plan.steps, scripts.byId, dialect, options))
  return new Recording(plan.steps, preflight?.watch(batches) ?? batches)
}

function resultOf({ steps, headsBefore, headsAfter }: Plan): MoveDatabase {
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
