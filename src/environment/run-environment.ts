import { hostname } from 'node:os'
import { resolveUrl } from '../credentials/resolve-url.ts'
import { maskUrl, rememberSecrets } from '../credentials/secrets.ts'
import { loadConnection, shareConnection } from '../dialects/load-connection.ts'
import { loadDialect } from '../dialects/load-dialect.ts'
import { LimbeckError } from '../errors.ts'
import { ContextConfig } from '../runtime/context-config.ts'
import type {
  ConnectOptions,
  OpenedConnection,
  RevisionArgument,
} from '../runtime/context-parts.ts'
import type { Report } from '../runtime/events.ts'
import { MigrationContext } from '../runtime/migration-context.ts'
import type { Work } from '../runtime/migration-session.ts'
import { placedError } from '../scripts/error-place.ts'
import { version } from '../version.ts'
import { cacheDirectory } from './cache.ts'
import type { Environment } from './environment.ts'
import type { Project } from './project.ts'
import { readScripts } from './scripts.ts'
import { withLastRuns } from './unknown-rows.ts'

export interface RunEnvironmentOptions {
  readonly project: Project
  readonly environment: Environment
  readonly isOffline?: boolean | undefined
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
    await (isOffline
      ? environment.runMigrationsOffline(context)
      : environment.runMigrationsOnline(context))
    await context.settled()
  } catch (error) {
    throw context.hasThrown(error) ? error : ownError(environment, error)
  } finally {
    await context.close()
  }
  if (!context.hasRun) throw didNotRun(environment, isOffline)
}

function createContext(options: RunEnvironmentOptions) {
  const { project, isOffline = false, tag, argument, work, write = () => {} } = options
  const { config, attributes, x } = project
  const log = sqlLog(project)
  return new MigrationContext({
    config: new ContextConfig({ config, attributes, url: given => knownUrl(project, given) }),
    defaults: config,
    isOffline,
    xArguments: x,
    tag,
    argument,
    write,
    readGraph: async () => (await readScripts(project)).graph,
    operator: { host: hostname(), application: applicationName, version },
    work: withLastRuns(work),
    report: log.report,
    loadDialect,
    open: options => openConnection(project, options),
    share: takeUp,
    setSqlLogging: log.set,
  })
}

const applicationName = 'limbeck'

/** Statements are reported only while SQL logging is on. */
function sqlLog({ config, report }: Project): {
  report: Report
  set(isOn: boolean | undefined): void
} {
  let isOn = config.log.sql
  return {
    report: event => {
      if (event.type !== 'statement' || isOn) report(event)
    },
    set: value => {
      isOn = value ?? config.log.sql
    },
  }
}

async function openConnection(
  project: Project,
  options: ConnectOptions,
): Promise<OpenedConnection> {
  const address = await addressOf(project, options)
  const connection = await loadConnection(project.config.dialect, address, {
    applicationName: options.applicationName ?? applicationName,
    cacheDirectory: cacheDirectory(project.config),
    onProgress: message => project.report({ type: 'progress', message }),
  })
  return address.kind === 'url'
    ? { connection, display: maskUrl(address.url), url: address.url }
    : { connection, display: `embedded PostgreSQL in ${address.directory}`, url: undefined }
}

/** A session of the application's, beside which others may be opened where a URL is given. */
async function takeUp(connection: object, url: string | undefined): Promise<OpenedConnection> {
  if (url !== undefined) rememberSecrets(url)
  return { ...(await shareConnection(connection)), url, isShared: true }
}

/** The URL that `context.connect()` would go to; undefined where there is none, or no URL. */
function knownUrl({ config, url, env }: Project, contextUrl: string | undefined) {
  try {
    const address = resolveUrl({ cliUrl: url, contextUrl, config, env })
    return address.kind === 'url' ? address.url : undefined
  } catch (error) {
    if (error instanceof LimbeckError && error.code === 'URL_MISSING') return undefined
    throw error
  }
}

/** A function that fetches the URL is called only when `--url` does not override it. */
async function addressOf({ config, url, env }: Project, options: ConnectOptions) {
  const given = options.url
  const contextUrl = url === undefined && typeof given === 'function' ? await given() : given
  return resolveUrl({
    cliUrl: url,
    contextUrl: typeof contextUrl === 'function' ? undefined : contextUrl,
    config,
    env,
  })
}

/** What the code of env.ts threw, with its place. */
function ownError({ path }: Environment, error: unknown): unknown {
  return path === undefined ? error : placedError('ENVIRONMENT_FAILED', path, error)
}

function didNotRun({ path }: Environment, isOffline: boolean): LimbeckError {
  const name = isOffline ? 'runMigrationsOffline' : 'runMigrationsOnline'
  return new LimbeckError(
    'ENVIRONMENT_DID_NOT_RUN',
    `${name} in ${path} ended without calling context.runMigrations(), so nothing was done.`,
    { facts: { path }, hint: 'End it with `await context.runMigrations()`.' },
  )
}
