import { readFileSync } from 'node:fs'
import { LimbeckError } from '../errors.ts'
import { databaseUrl } from './database-url.ts'
import { rememberSecrets } from './secrets.ts'
import { isWithoutSecrets } from './without-secrets.ts'

/** Variables by name; `process.env` where nothing else is given. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variables that hold a whole URL, the first that is set wins. */
export const urlVariables = ['DATABASE_URL', 'DB_DATABASE_URL'] as const

/** Any of these makes a URL of parts; `POSTGRES_PORT` alone does not. */
const partVariables = [
  'POSTGRES_HOST',
  'POSTGRES_USER',
  'POSTGRES_PASSWORD',
  'POSTGRES_DB',
] as const

/**
 * The URL that the environment gives: `DATABASE_URL`, else `DB_DATABASE_URL`, else one made of
 * `POSTGRES_USER`, `POSTGRES_PASSWORD`, `POSTGRES_DB`, `POSTGRES_HOST` and `POSTGRES_PORT`; undefined
 * where none is set. Each may instead be the path of a file in a variable named `…_FILE`.
 */
export function environmentVariables(
  options: { readonly env?: Environment | undefined } = {},
): string | undefined {
  const env = options.env ?? process.env
  const url = urlVariables.map(name => readVariable(name, env)).find(value => value !== undefined)
  const found = url ?? urlOfParts(env)
  if (found !== undefined) rememberSecrets(found)
  return found
}

/** The defaults are those of the official PostgreSQL image, so that one `.env` serves both. */
function urlOfParts(env: Environment): string | undefined {
  const [host, user, password, database] = partVariables.map(name => readVariable(name, env))
  if ([host, user, password, database].every(value => value === undefined)) return undefined
  return databaseUrl({
    user: user ?? 'postgres',
    password,
    host: host ?? 'localhost',
    port: portOf(readVariable('POSTGRES_PORT', env) ?? '5432'),
    database: database ?? user ?? 'postgres',
  })
}

/** Kubernetes sets `POSTGRES_PORT=tcp://10.0.0.1:5432` beside a service named `postgres`. */
function portOf(text: string): number {
  const port = Number(/^(?:tcp:\/\/.*:)?(\d{1,5})$/.exec(text)?.[1])
  if (port > 0 && port < 65_536) return port
  throw new LimbeckError('VARIABLE_INVALID', `POSTGRES_PORT is not a port number: ${text}`, {
    facts: { variable: 'POSTGRES_PORT', value: text },
    hint: 'Set it to a number such as 5432, or leave it unset.',
  })
}

/** A variable's value, or the content of the file its `_FILE` twin names; empty counts as unset. */
function readVariable(name: string, env: Environment): string | undefined {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  const path = env[`${name}_FILE`]
  return path === undefined || path === '' ? undefined : readSecretFile(`${name}_FILE`, path)
}

function readSecretFile(variable: string, path: string): string | undefined {
  if (isWithoutSecrets()) return undefined
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '') || undefined
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

/** The variables that are set, of those that make a URL. */
export function setVariables(env: Environment): string[] {
  return [...urlVariables, ...partVariables].filter(name => env[name])
}

/** For messages: each place in the environment and whether it was unset or empty. */
export function triedVariables(env: Environment): string[] {
  const state = (name: string) => `${name} (${env[name] === '' ? 'empty' : 'unset'})`
  return [...urlVariables, ...partVariables].map(state)
}
