import { afterInterruption } from '../dialects/interruption.ts'
import { loadDialect } from '../dialects/load-dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { OpenOptions, RevisionArgument } from '../runtime/context-parts.ts'
import type { Report } from '../runtime/events.ts'
import { MigrationContext } from '../runtime/migration-context.ts'
import type { Work } from '../runtime/migration-session.ts'
import { type Environment, environmentError } from './environment.ts'
import { takeUp } from './given-connection.ts'
import { openConnection, openEmpty } from './open-connection.ts'
import { thisOperator } from './operator.ts'
import type { Project } from './project.ts'
import { contextConfig } from './script-context.ts'
import { readScripts, type Scripts } from './scripts.ts'
import { withLastRuns } from './unknown-rows.ts'

export interface RunEnvironmentOptions {
  readonly project: Project
  readonly environment: Environment
  readonly isOffline?: boolean | undefined
  /** Connects to an empty embedded database, wherever env.ts wants to go. */
  readonly isReplay?: boolean | undefined
  /** The revisions, where the command has read them already. */
  readonly scripts?: Scripts | undefined
  /** `--tag`. */
  readonly tag?: string | undefined
  /** How far the command goes; absent where it goes nowhere. */
  readonly argument?: RevisionArgument | undefined
  /** Takes the script of `--sql`, piece by piece. */
  readonly write?: ((text: string) => void) | undefined
  /** What to do once connected (or, offline, at once). */
  readonly work: Work
}

/** Hands the environment a context, and ends its connection whatever happens. */
export async function runEnvironment(options: RunEnvironmentOptions): Promise<void> {
  const { environment, isOffline = false } = options
  const context = createContext(options)
  try {
    await context.whileWanted(
      isOffline
        ? environment.runMigrationsOffline(context)
        : environment.runMigrationsOnline(context),
    )
    await context.settled()
  } catch (error) {
    const told = afterInterruption(error, options.project.signal)
    throw told !== error || context.hasThrown(error) ? told : environmentError(environment, error)
  } finally {
    await context.close()
  }
  if (!context.hasRun) throw didNotRun(environment, isOffline)
}

function createContext(options: RunEnvironmentOptions) {
  const { project, isOffline = false, isReplay = false, tag, argument, work } = options
  const { config, x } = project
  const log = sqlLog(project)
  return new MigrationContext({
    config: contextConfig(project),
    defaults: config,
    isOffline,
    isReplay,
    xArguments: x,
    tag,
    argument,
    write: options.write ?? (() => {}),
    readGraph: async () => (options.scripts ?? (await readScripts(project))).graph,
    operator: thisOperator(),
    signal: project.signal,
    work: withLastRuns(work),
    report: log.report,
    loadDialect,
    ...(isReplay
      ? { open: () => openEmpty(project), share: () => openEmpty(project) }
      : { open: (how: OpenOptions) => openConnection(project, how), share: takeUp }),
    setSqlLogging: log.set,
  })
}

/** Statements are reported only while SQL logging is on, or to somebody who wants to hear of them all. */
function sqlLog({ config, isLevelGiven, hearsStatements, report }: Project): {
  report: Report
  set(isOn: boolean | undefined): void
} {
  let isOn = config.log.sql
  return {
    report: (event, at) => {
      const isOfStatement = event.type === 'statement' || event.type === 'statementDone'
      if (isOn || !isOfStatement) report(event, at)
      else if (hearsStatements) report({ ...event, isShown: false }, at)
    },
    set: value => {
      isOn = (isLevelGiven ? undefined : value) ?? config.log.sql
    },
  }
}

function didNotRun({ path }: Environment, isOffline: boolean): LimbeckError {
  const name = isOffline ? 'runMigrationsOffline' : 'runMigrationsOnline'
  return new LimbeckError(
    'ENVIRONMENT_DID_NOT_RUN',
    `${name} in ${path} ended without calling context.runMigrations(), so nothing was done.`,
    { facts: { path }, hint: 'End it with `await context.runMigrations()`.' },
  )
}
