import { inspect } from 'node:util'
import { LimbeckError } from '../errors.ts'
import { didYouMean } from '../text/nearest.ts'
import { type ConfigKey, configKeys } from './keys.ts'
import { isRecord, type Shape } from './shapes.ts'

/** All that is wrong with a config, in one error; `page` lists what it may say. */
export const invalidConfig = (
  path: string,
  complaints: readonly string[],
  page: string,
): LimbeckError =>
  new LimbeckError('CONFIG_INVALID', `The config ${path} is wrong: ${complaints.join(' ')}`, {
    facts: { path, complaints },
    hint: `${page} in the package limbeck lists every key.`,
  })

const keys: readonly ConfigKey[] = configKeys

/** Everything that is wrong with a config, one sentence each; empty when nothing is. */
export function complaintsOf(config: Readonly<Record<string, unknown>>): string[] {
  const databases = isRecord(config.databases) ? Object.entries(config.databases) : []
  return [
    ...complaintsWithin(config, '', ''),
    ...contradictions(config, ''),
    ...databases.flatMap(([name, overrides]) =>
      isRecord(overrides)
        ? [
            ...complaintsWithin(overrides, '', `databases.${name}.`),
            ...contradictions(overrides, `databases.${name}.`),
          ]
        : [`databases.${name}: expected { keys }, got ${described(overrides)}.`],
    ),
  ]
}

function contradictions(config: Readonly<Record<string, unknown>>, place: string): string[] {
  const isTwice = config.scratch !== undefined && config.scratchUrl !== undefined
  return [
    ...(isTwice
      ? [`${place}scratch and ${place}scratchUrl are two ways to say one thing: keep one of them.`]
      : []),
    ...(hidesItsFiles(config)
      ? [
          `${place}fileTemplate puts new files into folders, which recursiveVersionLocations: false leaves unread.`,
        ]
      : []),
  ]
}

/** Whether new revision files would be written where no command reads them. */
export const hidesItsFiles = (config: {
  readonly fileTemplate?: unknown
  readonly recursiveVersionLocations?: unknown
}): boolean =>
  config.recursiveVersionLocations === false &&
  typeof config.fileTemplate === 'string' &&
  config.fileTemplate.includes('/')

/** `prefix` leads from the table of keys to this object; `place` leads a reader there. */
function complaintsWithin(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  place: string,
): string[] {
  const complaints = Object.entries(object).flatMap(([word, value]) => {
    const key = keys.find(({ name }) => name === prefix + word)
    if (key === undefined || (key.name === 'databases' && place !== '')) {
      return [unknownKey(word, prefix, place)]
    }
    return value === undefined ? [] : complaintsAbout(value, key, place + word)
  })
  return [...complaints, ...missingKeys(object, prefix, place)]
}

function complaintsAbout(value: unknown, key: ConfigKey, place: string): string[] {
  const { shape } = key
  if (Array.isArray(value) && hasRowsBelow(key.name)) {
    return value.flatMap((item, index) => complaintsAboutItem(item, key, `${place}[${index}]`))
  }
  if (!shape.accepts(value)) return [wrongValue(shape, place, value)]
  const complaint = typeof value === 'string' ? shape.complaint?.(value) : undefined
  if (complaint !== undefined) return [`${place}: ${complaint}`]
  if (!isRecord(value)) return []
  if (hasRowsBelow(key.name)) return complaintsWithin(value, `${key.name}.`, `${place}.`)
  return shape.entries === undefined ? [] : wrongEntries(value, shape.entries, place)
}

function complaintsAboutItem(item: unknown, key: ConfigKey, place: string): string[] {
  if (!key.shape.accepts([item])) return [wrongValue(key.shape.item ?? key.shape, place, item)]
  return isRecord(item) ? complaintsWithin(item, `${key.name}.`, `${place}.`) : []
}

const wrongEntries = (
  values: Readonly<Record<string, unknown>>,
  shape: Shape,
  place: string,
): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    shape.accepts(value) ? [] : [wrongValue(shape, `${place}.${name}`, value)],
  )

const missingKeys = (
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  place: string,
): string[] =>
  keysBelow(prefix)
    .filter(({ name, isRequired }) => isRequired && object[name.slice(prefix.length)] === undefined)
    .map(({ name }) => `${place}${name.slice(prefix.length)} is missing.`)

/** The rows one step below a prefix. */
const keysBelow = (prefix: string): ConfigKey[] =>
  keys.filter(({ name }) => name.startsWith(prefix) && !name.slice(prefix.length).includes('.'))

const hasRowsBelow = (name: string): boolean => keys.some(key => key.name.startsWith(`${name}.`))

function unknownKey(word: string, prefix: string, place: string): string {
  const siblings = keysBelow(prefix)
    .map(({ name }) => name.slice(prefix.length))
    .filter(name => name !== 'databases' || place === '')
  const hint = didYouMean(word, siblings) ?? `Known here: ${siblings.join(', ')}.`
  return `${place}${word} is not a key. ${hint}`
}

function wrongValue(shape: Shape, place: string, value: unknown): string {
  const words = shape.words ?? []
  const hint = words.length > 0 ? firstHint(value, words) : ''
  return `${place}: expected ${shape.name}, got ${described(value, words.length > 0)}.${hint}`
}

function firstHint(value: unknown, words: readonly string[]): string {
  const given = (Array.isArray(value) ? value : [value]).filter(word => typeof word === 'string')
  const hint = given.flatMap(word => (words.includes(word) ? [] : (didYouMean(word, words) ?? [])))
  return hint.length === 0 ? '' : ` ${hint.join(' ')}`
}

/** Names a value by its type: only words from a fixed list are repeated, since a URL may be a secret. */
export function described(value: unknown, isWord = false): string {
  if (isWord && (typeof value === 'string' || Array.isArray(value))) return inspect(value)
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
