import { databaseUrl } from './database-url.ts'
import { portIn } from './port.ts'
import { rememberSecrets } from './secrets.ts'

/** The parts of a URL that somebody has to know. */
export type UrlPart = 'host' | 'port' | 'database' | 'user' | 'password'

/** Who said a part: `DB_PASSWORD`, `the file /run/secrets/db/password`, `the secret prod/auth`, `default`. */
export type Origins = Readonly<Partial<Record<UrlPart, string>>>

/** By URL, since a URL is a plain text wherever it goes; as with passwords, one place for the process. */
const known = new Map<string, Origins>()

/** The URL, once it is remembered who said its parts, and its password is masked wherever it shows up. */
export function remembered(url: string, origins: Origins): string {
  rememberSecrets(url)
  known.set(url, origins)
  return url
}

/** Nobody said it. */
export const byDefault = 'by default'

/** One place said all of it. */
export const originOfAll = (place: string): Origins => ({
  host: place,
  port: place,
  database: place,
  user: place,
  password: place,
})

/** A part of a URL, and who said it. */
export interface Said {
  readonly value: string
  readonly from: string
}

export type SaidParts = Readonly<{ [P in UrlPart]?: Said | undefined }>

export const defaultPort: Said = { value: '5432', from: byDefault }

/**
 * The URL made of what was said, remembered. `host` has to be among it; `wrongPort` makes an error of a port that is
 * none.
 */
export function urlOfParts(
  { host, port = defaultPort, database, user, password }: SaidParts & { readonly host: Said },
  wrongPort: (port: Said) => Error,
  settings?: Readonly<Record<string, string>>,
): string {
  const number = portIn(port.value)
  if (number === undefined) throw wrongPort(port)
  const url = databaseUrl({
    user: user?.value,
    password: password?.value,
    host: host.value,
    port: number,
    database: database?.value,
    settings,
  })
  const said = Object.entries({ host, port, database, user, password })
  return remembered(
    url,
    Object.fromEntries(said.flatMap(([part, one]) => (one ? [[part, one.from]] : []))),
  )
}

/** Who said the parts of a URL; undefined where nobody remembers it. */
export const originsOf = (url: string): Origins | undefined => known.get(url)
