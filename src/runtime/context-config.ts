import { delimiter } from 'node:path'
import { type ConfigKey, configKeys } from '../config/keys.ts'
import type { ResolvedConfig } from '../config/resolved-config.ts'
import { rememberSecrets } from '../credentials/secrets.ts'
import { LimbeckError } from '../errors.ts'

/** Named words of a config. */
export type Section = Readonly<Record<string, string>>

export interface ContextConfigParts {
  readonly config: ResolvedConfig
  /** What the caller of the command has put there; the same object, so that `env.ts` may answer in it. */
  readonly attributes: Record<string, unknown>
  /** The URL as far as it is known without `env.ts`; `given` is what `env.ts` has set. */
  url(given: string | undefined): string | undefined
}

/** The config as `env.ts` sees it: limbeck's keys, under Alembic's names too, and the project's own. */
export class ContextConfig {
  /** A free dictionary: what the caller of a command function gives `env.ts`, and the other way round. */
  readonly attributes: Record<string, unknown>
  readonly #parts: ContextConfigParts
  readonly #set = new Map<string, string>()
  #url: string | undefined

  constructor(parts: ContextConfigParts) {
    this.#parts = parts
    this.attributes = parts.attributes
  }

  /** The config's file. */
  get configFileName(): string {
    return this.#parts.config.path
  }

  /** The section that the main options come from: what `-n` chose, else `alembic`. */
  get configIniSection(): string {
    return this.#parts.config.name ?? 'alembic'
  }

  /**
   * An option by its name: one of the config's `options`, or a key of the config as limbeck or as Alembic
   * calls it. `url` (or `sqlalchemy.url`) holds the password.
   */
  getMainOption(name: string): string | undefined
  getMainOption(name: string, defaultValue: string): string
  getMainOption(name: string, defaultValue?: string): string | undefined
  getMainOption(name: string, defaultValue?: string): string | undefined {
    return this.#mainOption(name) ?? defaultValue
  }

  #mainOption(name: string): string | undefined {
    const key = keyNamed(name)
    if (key?.name === 'url') return this.#parts.url(this.#url)
    const { config } = this.#parts
    return this.#set.get(name) ?? ownValue(config.options, name) ?? (key && keyValue(config, key))
  }

  /** A named group of options, such as `alembic` or the `options` of a database; else the default. */
  getSection(name: string): Section | undefined
  getSection(name: string, defaultValue: Section): Section
  getSection(name: string, defaultValue?: Section): Section | undefined {
    const { config } = this.#parts
    if (name === this.configIniSection)
      return { ...config.options, ...Object.fromEntries(this.#set) }
    return ownValue(config.sections, name) ?? defaultValue
  }

  /** An option of a section; the default where either is missing. */
  getSectionOption(section: string, name: string): string | undefined
  getSectionOption(section: string, name: string, defaultValue: string): string
  getSectionOption(section: string, name: string, defaultValue?: string): string | undefined {
    if (section === this.configIniSection) return this.getMainOption(name, defaultValue)
    return ownValue(this.getSection(section, {}), name) ?? defaultValue
  }

  /** Sets an option for this run. `url` is where `context.connect()` then goes, unless `--url` is given. */
  setMainOption(name: string, value: string): void {
    const key = keyNamed(name)
    if (key !== undefined && key.name !== 'url') throw tooLate(name)
    this.#set.set(name, value)
    if (key === undefined) return
    rememberSecrets(value)
    this.#url = value
  }

  /** The URL that `setMainOption` was given. */
  get urlSet(): string | undefined {
    return this.#url
  }
}

const keys: readonly ConfigKey[] = configKeys

const keyNamed = (name: string): ConfigKey | undefined =>
  keys.find(key => key.name === name || key.alembic === name)

const ownValue = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

/** A key's value as a text, as every option is one; objects have none. */
function keyValue(config: ResolvedConfig, { name }: ConfigKey): string | undefined {
  const value = name
    .split('.')
    .reduce<unknown>((object, word) => (object as Record<string, unknown>)?.[word], config)
  if (Array.isArray(value) && value.every(item => typeof item === 'string'))
    return value.join(delimiter)
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined
}

function tooLate(name: string): LimbeckError {
  return new LimbeckError(
    'CONFIGURE_INVALID',
    `${name} was read before env.ts, so setting it now would change nothing.`,
    {
      facts: { option: name },
      hint: 'Use context.configure for what a run can change, and the config for the rest.',
    },
  )
}
