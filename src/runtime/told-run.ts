import { performance } from 'node:perf_hooks'
import type { Plan } from '../revisions/plan.ts'
import type { Report } from './events.ts'
import { callAfterRun, callBeforeRun, callOnError, hookRun } from './hook-calls.ts'
import type { MigrationSession } from './migration-session.ts'
import { findOpenTelemetry } from './telemetry.ts'

/** Does a run, and tells of it: listeners, hooks, and OpenTelemetry where the project has it. */
export async function tellRun(
  session: MigrationSession,
  plan: Plan,
  run: (report: Report) => Promise<void>,
): Promise<void> {
  const { hooks } = session
  const told = hookRun(session, plan)
  const report = withPlaces(session.report, plan)
  try {
    await callBeforeRun(hooks, told)
    const { headsBefore: from, headsAfter: to } = plan
    const steps = plan.steps.length
    report({ type: 'run', steps, from, to })
    const started = performance.now()
    await traced(session, plan, report, run)
    const milliseconds = performance.now() - started
    report({ type: 'runDone', steps, milliseconds })
    await callAfterRun(hooks, { ...told, milliseconds })
  } catch (error) {
    await callOnError(hooks, told, error, report)
    throw error
  }
}

/** Each step is told with its place among all. */
function withPlaces(report: Report, { steps }: Plan): Report {
  const places = new Map(steps.map(({ revision }, index) => [revision.id, index + 1]))
  return (event, at) =>
    event.type === 'step'
      ? report({ ...event, place: places.get(event.revision), of: steps.length }, at)
      : report(event, at)
}

/** In spans, where the API is there for them. */
async function traced(
  session: MigrationSession,
  plan: Plan,
  report: Report,
  run: (report: Report) => Promise<void>,
): Promise<void> {
  const { tracesFrom } = session
  const api = tracesFrom === undefined ? undefined : findOpenTelemetry(tracesFrom)
  if (api === undefined) return run(report)
  const { RunSpans } = await import('./run-spans.ts')
  const spans = new RunSpans(api, session, plan)
  await spans.around(() =>
    run((event, at) => {
      spans.see(event, at)
      report(event, at)
    }),
  )
}
