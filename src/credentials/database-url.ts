/** What a PostgreSQL URL is made of. */
export interface UrlParts {
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port?: number | undefined
  readonly database?: string | undefined
  /** What follows the question mark: `sslmode` and the like. */
  readonly settings?: Readonly<Record<string, string>> | undefined
}

/** Writes a URL from its parts, escaping what a user name or a password may contain. */
export function databaseUrl({
  user,
  password,
  host,
  port,
  database,
  settings = {},
}: UrlParts): string {
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`
  const login = user === undefined ? '' : `${encodeURIComponent(user)}${secret}@`
  const place = port === undefined ? urlHost(host) : `${urlHost(host)}:${port}`
  const path = database === undefined ? '' : `/${encodeURIComponent(database)}`
  const query = new URLSearchParams(settings).toString()
  return `postgresql://${login}${place}${path}${query && `?${query}`}`
}

/** An IPv6 address needs brackets, a socket's folder needs its slashes escaped. */
function urlHost(host: string): string {
  if (host.startsWith('/')) return encodeURIComponent(host)
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
}
