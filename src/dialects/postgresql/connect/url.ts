import { dialectOfUrl } from '../../../config/dialect-name.ts'
import { LimbeckError } from '../../../errors.ts'

/** What a URL says about a server, decoded. */
export interface ServerAddress {
  /** At least one; several are tried in turn. */
  readonly hosts: readonly ServerHost[]
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly database?: string | undefined
  readonly parameters: ReadonlyMap<string, string>
}

/** A host without a name is the driver's own default. */
export interface ServerHost {
  readonly host?: string | undefined
  readonly port?: number | undefined
}

/** `postgres`, `postgresql`, and what SQLAlchemy adds for a Python driver. */
const scheme = /^postgres(?:ql)?(?:\+\w+)?:\/\//i

/**
 * Reads a URL as libpq does, with two liberties: a user name or password that nobody escaped is
 * taken as it stands, and the SQLAlchemy spellings of the scheme are known.
 */
export function parseUrl(url: string): ServerAddress {
  const rest = withoutScheme(url)
  const [authority, tail] = splitAuthority(rest)
  const [path = '', query = ''] = splitAt(tail, tail.indexOf('?'))
  const at = authority.lastIndexOf('@')
  const login = authority.slice(0, Math.max(at, 0))
  const [user, password] = splitAt(login, login.indexOf(':'))
  const parameters = readParameters(query)
  const hosts = readHosts(authority.slice(at + 1), parameters)
  const names = {
    user: decoded(user) ?? parameters.get('user'),
    password: decoded(password) ?? parameters.get('password'),
    database: decoded(path.slice(1)) ?? parameters.get('dbname'),
  }
  refuseUndefined({ host: hosts.find(({ host }) => host === unset)?.host, ...names })
  return { hosts, ...names, parameters }
}

/** What a variable that is not set becomes in a template string. */
const unset = 'undefined'

function refuseUndefined(parts: Readonly<Record<string, string | undefined>>): void {
  const part = Object.keys(parts).find(name => parts[name] === unset)
  if (part === undefined) return
  throw invalid(
    `its ${part} is the word "undefined"`,
    'A variable that the URL is made from is probably not set here.',
  )
}

function withoutScheme(url: string): string {
  const match = scheme.exec(url)
  if (match !== null) return url.slice(match[0].length)
  const other = /^([a-z][\w+.-]*):\/\//i.exec(url)?.[1]
  const dialect = dialectOfUrl(url)
  throw invalid(
    other ? `its scheme is ${other}` : 'it does not begin with postgresql://',
    dialect &&
      `It is of another kind of database: write \`dialect: '${dialect}'\` into the config.`,
  )
}

/** Everything before the path: an `@` further on belongs to a password that holds a `/` or `?`. */
function splitAuthority(rest: string): [authority: string, tail: string] {
  const end = rest.search(/[/?]|$/)
  const authority = rest.slice(0, end)
  const isHosts = authority.split(',').every(host => /^(\[.*\]|[^:]*)(:\d*)?$/.test(host))
  const at = isHosts ? -1 : endOfLogin(rest, end)
  if (at < end) return [authority, rest.slice(end)]
  const hostEnd = at + rest.slice(at).search(/[/?]|$/)
  return [rest.slice(0, hostEnd), rest.slice(hostEnd)]
}

/** A login that has ended before the path may go on: only a host is followed by another `/`. */
function endOfLogin(rest: string, end: number): number {
  if (!rest.slice(0, end).includes('@')) return rest.indexOf('@', end)
  const [beforeParameters = ''] = rest.split('?')
  const at = beforeParameters.lastIndexOf('@')
  return beforeParameters.includes('/', at) ? at : -1
}

function splitAt(text: string, index: number): [string, string?] {
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

/** SQLAlchemy names several hosts by repeating the parameter; otherwise the last one counts. */
function readParameters(query: string): ReadonlyMap<string, string> {
  const search = new URLSearchParams(query)
  const lists = ['host', 'port'].filter(name => search.has(name))
  return new Map([...search, ...lists.map(name => [name, search.getAll(name).join(',')] as const)])
}

/** Hosts stand before the path or in the parameters `host` and `port`; both may be lists. */
function readHosts(text: string, parameters: ReadonlyMap<string, string>): ServerHost[] {
  const ports = (parameters.get('port') ?? '').split(',')
  const entries = (text || (parameters.get('host') ?? '')).split(',')
  return entries.map((entry, index) => {
    const { host, port } = /^(?<host>\[.*\]|[^:]*)(?::(?<port>.*))?$/.exec(entry)?.groups ?? {}
    if (host === undefined) throw invalid('its host cannot be read')
    return {
      host: decoded(host.replace(/^\[(.*)\]$/, '$1')),
      port: readPort(port || ports[index] || ports[0]),
    }
  })
}

function readPort(text: string | undefined): number | undefined {
  if (!text) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw invalid('its port is not a number between 1 and 65535')
}

/** Percent-decoded; as it stands where that is no valid escape; undefined where it is empty. */
function decoded(text: string | undefined): string | undefined {
  if (!text) return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Says what is wrong and never the URL, which may hold a password in a place nobody expects. */
function invalid(reason: string, hint = formOfUrl): LimbeckError {
  return new LimbeckError('URL_INVALID', `The database URL cannot be used: ${reason}.`, {
    facts: { reason },
    hint,
  })
}

const formOfUrl =
  'It reads postgresql://USER:PASSWORD@HOST:5432/DATABASE, ' +
  'where characters such as @ : / ? in the user name and the password are percent-encoded.'
