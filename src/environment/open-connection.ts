import { dialectOfUrl } from '../config/dialect-name.ts'
import { takeNotices } from '../credentials/notices.ts'
import { resolveUrl } from '../credentials/resolve-url.ts'
import { maskUrl } from '../credentials/secrets.ts'
import { loadConnection } from '../dialects/load-connection.ts'
import { LimbeckError } from '../errors.ts'
import type { OpenedConnection, OpenOptions } from '../runtime/context-parts.ts'
import { cacheDirectory } from './cache.ts'
import { openGiven } from './given-connection.ts'
import { applicationName } from './operator.ts'
import type { Project } from './project.ts'

/** Opens the session that env.ts asks for; what the application has given wins over what env.ts names. */
export async function openConnection(
  project: Project,
  options: OpenOptions,
): Promise<OpenedConnection> {
  const { given, url, signal } = project
  return (await openGiven(given, url, signal)) ?? openAddress(project, options)
}

async function openAddress(project: Project, options: OpenOptions): Promise<OpenedConnection> {
  const address = await addressOf(project, options)
  for (const message of takeNotices()) project.report({ type: 'warning', message })
  const named = address.kind === 'url' ? dialectOfUrl(address.url) : undefined
  const connection = await loadConnection(named ?? project.config.dialect, address, {
    applicationName: options.applicationName ?? applicationName,
    cacheDirectory: cacheDirectory(project.config),
    onProgress: message => project.report({ type: 'progress', message }),
  })
  return address.kind === 'url'
    ? { connection, display: maskUrl(address.url), url: address.url, from: address.from }
    : {
        connection,
        display: `embedded PostgreSQL in ${address.directory}`,
        url: undefined,
        from: address.from,
      }
}

/** Opens an empty embedded database in memory. */
export async function openEmpty({ config, report }: Project): Promise<OpenedConnection> {
  const address = { kind: 'embedded' } as const
  const connection = await loadConnection(config.dialect, address, {
    cacheDirectory: cacheDirectory(config),
    onProgress: message => report({ type: 'progress', message }),
  })
  return { connection, display: 'embedded PostgreSQL, in memory', url: undefined }
}

/** The URL that `context.connect()` would go to; undefined where there is none, or no URL. */
export function knownUrl({ config, url, env }: Project, contextUrl: string | undefined) {
  try {
    const address = resolveUrl({ cliUrl: url, contextUrl, config, env })
    return address.kind === 'url' ? address.url : undefined
  } catch (error) {
    if (error instanceof LimbeckError && error.code === 'URL_MISSING') return undefined
    throw error
  }
}

/** A function that fetches the URL is called only when `--url` does not override it. */
async function addressOf({ config, url, env }: Project, options: OpenOptions) {
  const given = options.url
  const contextUrl = url === undefined && typeof given === 'function' ? await given() : given
  return resolveUrl({
    cliUrl: url,
    contextUrl: typeof contextUrl === 'function' ? undefined : contextUrl,
    contextPlace: options.urlFrom,
    config,
    env,
  })
}
