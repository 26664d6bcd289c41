import { LimbeckError } from '../errors.ts'
import {
  type Environment,
  environmentVariables,
  setVariables,
  triedVariables,
  urlVariable,
} from './environment-variables.ts'
import { rememberSecrets } from './secrets.ts'

/** The places a URL may come from, the first that has one wins. */
export interface UrlPlaces {
  /** `--url`. */
  readonly cliUrl?: string | undefined
  /** `context.connect({ url })` in env.ts. */
  readonly contextUrl?: string | undefined
  /** Where in env.ts that stands, if elsewhere. */
  readonly contextPlace?: string | undefined
  readonly config?: ConfiguredAddress | undefined
  readonly env?: Environment | undefined
}

/** What the config says about the database's address. */
export interface ConfiguredAddress {
  readonly path: string
  readonly url: string | undefined
  /** Whether the config has a key `url` at all. */
  readonly namesUrl: boolean
  readonly embedded: { readonly directory: string } | undefined
}

/** Where the database is, and which place said so. */
export type DatabaseAddress =
  | { readonly kind: 'url'; readonly url: string; readonly from: string }
  | { readonly kind: 'embedded'; readonly directory: string; readonly from: string }

/**
 * Decides which database is meant: `--url`, else `context.connect({ url })`, else `url` of the
 * config, else its `embedded`, else, where the config has no key `url`, the environment's variables.
 * A place that is there but empty is an error, not passed over: whoever wrote it meant something.
 */
export function resolveUrl(places: UrlPlaces): DatabaseAddress {
  const { config, env = process.env } = places
  const configUrl = `url in ${config?.path ?? 'the config'}`
  const named = firstUrl([
    ['--url', places.cliUrl],
    [places.contextPlace ?? 'context.connect({ url })', places.contextUrl],
    [configUrl, config?.url],
  ])
  if (named !== undefined) return named
  if (config?.embedded !== undefined) {
    return { kind: 'embedded', directory: config.embedded.directory, from: config.path }
  }
  const fallback = config?.namesUrl === true ? undefined : environmentVariables({ env })
  if (fallback !== undefined) return checked(variableOf(env), fallback)
  throw nothingFound(config, configUrl, env)
}

function firstUrl(
  places: readonly (readonly [name: string, url: string | undefined])[],
): DatabaseAddress | undefined {
  for (const [name, url] of places) {
    if (url !== undefined) return checked(name, url)
  }
  return undefined
}

/** The variable that holds a whole URL; a URL of parts comes from several. */
const variableOf = (env: Environment): string => urlVariable(env) ?? 'the environment'

function checked(from: string, url: string): DatabaseAddress {
  const text = url.trim()
  if (text !== '' && text !== 'undefined' && text !== 'null') {
    rememberSecrets(text)
    return { kind: 'url', url: text, from }
  }
  const what = text === '' ? 'is empty' : `is the word "${text}"`
  throw new LimbeckError('URL_MISSING', `There is no database URL: ${from} ${what}.`, {
    facts: { tried: [{ place: from, found: text === '' ? 'empty' : text }] },
    hint: 'A variable it is made from is probably not set here. Set it, or remove this URL.',
  })
}

function nothingFound(
  config: ConfiguredAddress | undefined,
  configUrl: string,
  env: Environment,
): LimbeckError {
  // Who names a variable means no other: one that is set is not tried, and this is worth a word.
  const unread = setVariables(env)
  const advice =
    unread.length === 0 ? '' : ` ${unread.join(', ')} would be read without the key \`url\`.`
  const configState = config?.namesUrl === true ? 'undefined' : 'unset'
  const tried = [
    '--url (not given)',
    'context.connect({ url }) (not given)',
    `${configUrl} (${configState})`,
    'embedded in the config (unset)',
    ...(unread.length > 0 ? [] : triedVariables(env)),
  ]
  return new LimbeckError('URL_MISSING', `There is no database URL. Tried: ${tried.join(', ')}.`, {
    facts: { tried },
    hint:
      config?.namesUrl === true
        ? `The variable that \`url\` is read from is not set here. Set it, pass --url, or write \`embedded: true\`.${advice}`
        : 'Set DATABASE_URL, pass --url, or write `embedded: true` in the config for a PostgreSQL inside the project.',
  })
}
