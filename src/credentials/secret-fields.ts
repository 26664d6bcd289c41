import { originOfAll, remembered, type Said, urlOfParts } from './origins.ts'

/** What a secret may leave to whoever reads it. */
export interface SecretDefaults {
  /** The server, where the secret does not say it. */
  readonly host?: string | undefined
  /** The port, where the secret does not say it; 5432 by default. */
  readonly port?: number | undefined
  /** The database: secrets that RDS rotates often name none. */
  readonly database?: string | undefined
}

/** Makes an error of what is wrong with a secret: `has no host`. The secret itself is never quoted. */
export type Refuse = (what: string) => Error

/**
 * The URL in the text of a secret: a URL, JSON with a `url`, or the JSON that RDS writes (`username`,
 * `password`, `host`, `port`, `dbname`). `place` says where the text comes from: `the secret prod/auth`.
 */
export function urlInSecret(
  text: string,
  place: string,
  defaults: SecretDefaults,
  refuse: Refuse,
): string {
  const fields = jsonObject(text)
  const url = fields === undefined ? text.trim() : fields.url
  if (isUrl(url)) return remembered(url, originOfAll(place))
  if (fields === undefined) throw refuse('is neither a URL nor a JSON object')
  return urlOfFields(fields, place, defaults, refuse)
}

export const isUrl = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z][a-z\d+.-]*:\/\//i.test(value)

function urlOfFields(
  fields: Readonly<Record<string, unknown>>,
  place: string,
  defaults: SecretDefaults,
  refuse: Refuse,
): string {
  const given = (option: keyof SecretDefaults): Said | undefined => {
    const value = defaults[option]
    return value === undefined ? undefined : { value: String(value), from: `the option ${option}` }
  }
  const told = (...names: string[]): Said | undefined => {
    const value = names.map(name => fields[name]).find(isTold)
    return value === undefined ? undefined : { value: String(value), from: place }
  }
  const needed = (name: string, said: Said | undefined): Said => {
    if (said === undefined) throw refuse(`has no ${name}`)
    return said
  }
  const parts = {
    host: needed('host', given('host') ?? told('host')),
    user: needed('username', told('username', 'user')),
    password: needed('password', told('password')),
    port: given('port') ?? told('port'),
    database: given('database') ?? told('dbname', 'database'),
  }
  return urlOfParts(parts, () => refuse('has a port that is not a number from 1 to 65535'))
}

const isTold = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
