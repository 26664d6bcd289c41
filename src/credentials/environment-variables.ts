import { readFileSync } from 'node:fs'
import { LimbeckError } from '../errors.ts'
import {
  byDefault,
  originOfAll,
  remembered,
  type Said,
  type UrlPart,
  urlOfParts,
} from './origins.ts'
import { isWithoutSecrets } from './without-secrets.ts'

/** Variables by name; `process.env` where nothing else is given. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface EnvironmentVariablesOptions {
  readonly env?: Environment | undefined
  /** What the names begin with: `AUTH_` reads `AUTH_DATABASE_URL`, `AUTH_DB_HOST` and the rest. */
  readonly prefix?: string | undefined
}

/** The variables that hold a whole URL, the first that is set wins. */
const urlVariables = ['DATABASE_URL', 'DB_DATABASE_URL'] as const

type Family = Readonly<Record<UrlPart, string>>

/** The variables of which a URL is made: those of the official PostgreSQL image, and those of many applications. */
const families: readonly Family[] = [
  {
    host: 'POSTGRES_HOST',
    user: 'POSTGRES_USER',
    password: 'POSTGRES_PASSWORD',
    database: 'POSTGRES_DB',
    port: 'POSTGRES_PORT',
  },
  {
    host: 'DB_HOST',
    user: 'DB_USERNAME',
    password: 'DB_PASSWORD',
    database: 'DB_NAME',
    port: 'DB_PORT',
  },
]

/** Any of these makes a URL of parts; a port alone does not. */
const telling = ['host', 'user', 'password', 'database'] as const

/**
 * The URL that the environment gives: `DATABASE_URL`, else `DB_DATABASE_URL`, else one made of
 * `POSTGRES_USER`, `_PASSWORD`, `_DB`, `_HOST` and `_PORT`, else one made of `DB_USERNAME`, `_PASSWORD`, `_NAME`,
 * `_HOST` and `_PORT`; undefined where none is set. Each may instead be the path of a file in a variable named `…_FILE`.
 */
export function environmentVariables({
  env = process.env,
  prefix = '',
}: EnvironmentVariablesOptions = {}): string | undefined {
  for (const name of urlVariables) {
    const found = readVariable(prefix + name, env)
    if (found !== undefined) return remembered(found.value, originOfAll(found.from))
  }
  for (const family of families) {
    const url = urlOfFamily(family, prefix, env)
    if (url !== undefined) return url
  }
  return undefined
}

/** The defaults are those of the official PostgreSQL image, so that one `.env` serves both. */
function urlOfFamily(family: Family, prefix: string, env: Environment): string | undefined {
  const found = (part: UrlPart) => readVariable(prefix + family[part], env)
  const [host, user = standardUser, password, database = user] = telling.map(found)
  const isTold = host || password || user !== standardUser || database !== user
  if (!isTold) return undefined
  const port = servicePort(found('port'))
  const parts = { host: host ?? localhost, user, password, database, port }
  return urlOfParts(parts, ({ value }) => {
    const variable = prefix + family.port
    return new LimbeckError('VARIABLE_INVALID', `${variable} is not a port number: ${value}`, {
      facts: { variable, value },
      hint: 'Set it to a number such as 5432, or leave it unset.',
    })
  })
}

const standardUser: Said = { value: 'postgres', from: byDefault }
const localhost: Said = { value: 'localhost', from: byDefault }

/** Kubernetes sets `POSTGRES_PORT=tcp://10.0.0.1:5432` beside a service named `postgres`. */
function servicePort(port: Said | undefined): Said | undefined {
  return port && { ...port, value: port.value.replace(/^tcp:\/\/.*:/, '') }
}

/** A variable's value, or the content of the file its `_FILE` twin names; empty counts as unset. */
function readVariable(name: string, env: Environment): Said | undefined {
  const value = env[name]
  if (value) return { value, from: name }
  const path = env[`${name}_FILE`]
  const content = path ? readSecretFile(`${name}_FILE`, path) : undefined
  return content ? { value: content, from: `${name}_FILE (${path})` } : undefined
}

function readSecretFile(variable: string, path: string): string | undefined {
  if (isWithoutSecrets()) return undefined
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason'
    throw new LimbeckError(
      'SECRET_UNAVAILABLE',
      `${variable} names the file ${path}, which cannot be read (${reason}).`,
      {
        facts: { variable, path, reason },
        hint: `Correct ${variable}, or give this process the right to read the file.`,
        cause: error,
      },
    )
  }
}

const decisive: readonly string[] = [
  ...urlVariables,
  ...families.flatMap(family => telling.map(part => family[part])),
]

/** The variables that are set, of those that make a URL. */
export function setVariables(env: Environment): string[] {
  return decisive.filter(name => env[name])
}

/** The variable that holds a whole URL; undefined where it is made of parts. */
export function urlVariable(env: Environment): string | undefined {
  return urlVariables.find(name => env[name])
}

/** For messages: each place in the environment and whether it was unset or empty. */
export function triedVariables(env: Environment): string[] {
  return decisive.map(name => `${name} (${env[name] === '' ? 'empty' : 'unset'})`)
}
