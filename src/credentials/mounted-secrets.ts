import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LimbeckError } from '../errors.ts'
import { originOfAll, remembered, type Said, type UrlPart, urlOfParts } from './origins.ts'
import { isUrl, type SecretDefaults } from './secret-fields.ts'
import { isWithoutSecrets } from './without-secrets.ts'

/** What files are called that hold a part: keys of a Secret of Kubernetes, names of secrets of Docker. */
const fileNames: Readonly<Record<UrlPart, readonly string[]>> = {
  host: ['host', 'hostname', 'db_host'],
  port: ['port', 'db_port'],
  database: ['dbname', 'database', 'db_name'],
  user: ['username', 'user', 'db_username', 'db_user'],
  password: ['password', 'db_password'],
}

const urlFiles = ['url', 'uri', 'database_url', 'db_database_url']

export interface MountedSecretsOptions extends SecretDefaults {
  /** The user, where no file says it. */
  readonly user?: string | undefined
}

/**
 * The URL in a folder of files that each hold one value, as Kubernetes and Docker mount secrets: `url` (`uri`,
 * `database_url`), else `username`, `password`, `host`, `port` and `dbname`, also with `db_` before them, in small or
 * capital letters. What has no file can be an option. Undefined where there is no such folder, or no password in it.
 */
export function mountedSecrets(
  folder = '/run/secrets',
  options: MountedSecretsOptions = {},
): string | undefined {
  if (isWithoutSecrets()) return undefined
  const files = new Map(namesIn(folder).map(name => [name.toLowerCase(), join(folder, name)]))
  const path = (names: readonly string[]) => names.map(name => files.get(name)).find(Boolean)
  const urlPath = path(urlFiles)
  if (urlPath !== undefined) return urlIn(urlPath)
  const said = (part: UrlPart) => saidOf(part, path(fileNames[part]), options)
  const password = said('password')
  if (password === undefined) return undefined
  const needed = (part: 'user' | 'host') => {
    const found = said(part)
    if (found === undefined) throw refused(folder, `has no file for the ${part}`)
    return found
  }
  return urlOfParts(
    {
      password,
      user: needed('user'),
      host: needed('host'),
      port: said('port'),
      database: said('database'),
    },
    ({ from }) => refused(from, 'is not a port: a number from 1 to 65535'),
  )
}

function saidOf(
  part: UrlPart,
  path: string | undefined,
  options: MountedSecretsOptions,
): Said | undefined {
  const value = path === undefined ? '' : read(path)
  if (value !== '') return { value, from: path! }
  const option = part === 'password' ? undefined : options[part]
  return option === undefined ? undefined : { value: String(option), from: `the option ${part}` }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw unreadable(folder, error)
  }
}

function urlIn(path: string): string {
  const url = read(path).trim()
  if (isUrl(url)) return remembered(url, originOfAll(path))
  throw refused(path, 'holds no URL')
}

/** Editors end files with a new line. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): LimbeckError {
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
  return new LimbeckError('SECRET_UNAVAILABLE', `${path} cannot be read (${reason}).`, {
    facts: { path, reason },
    hint: 'Give this process the right to read it: look at the user of the container, and at `defaultMode` of the volume.',
    cause: error,
  })
}

function refused(path: string, what: string): LimbeckError {
  return new LimbeckError('SECRET_INVALID', `${path} ${what}.`, {
    facts: { path },
    hint: 'Mount files named url, or username, password, host, port and dbname; user, host, port and database may also be options of mountedSecrets.',
  })
}
