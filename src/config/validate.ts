import { inspect } from 'node:util'
import { didYouMean } from '../text/nearest.ts'
import { type ConfigKey, configKeys } from './keys.ts'
import { isRecord } from './shapes.ts'

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

const contradictions = (config: Readonly<Record<string, unknown>>, place: string): string[] =>
  config.scratch !== undefined && config.scratchUrl !== undefined
    ? [`${place}scratch and ${place}scratchUrl are two ways to say one thing: keep one of them.`]
    : []

/** `prefix` leads from the table of keys to this object; `place` leads a reader there. */
function complaintsWithin(
  object: Readonly<Record<string, unknown>>,
  prefix: string,
  place: string,
): string[] {
  return Object.entries(object).flatMap(([word, value]) => {
    const name = prefix + word
    const key = keys.find(candidate => candidate.name === name)
    if (key === undefined || (name === 'databases' && place !== '')) {
      return [unknownKey(word, prefix, place)]
    }
    if (value === undefined) return []
    if (!key.shape.accepts(value)) return [wrongValue(key, place + name, value)]
    return isRecord(value) && hasRowsBelow(name) ? complaintsWithin(value, `${name}.`, place) : []
  })
}

const hasRowsBelow = (name: string): boolean => keys.some(key => key.name.startsWith(`${name}.`))

function unknownKey(word: string, prefix: string, place: string): string {
  const siblings = keys
    .map(key => key.name)
    .filter(name => name.startsWith(prefix))
    .map(name => name.slice(prefix.length))
    .filter(name => !name.includes('.') && (name !== 'databases' || place === ''))
  const hint = didYouMean(word, siblings) ?? `Known here: ${siblings.join(', ')}.`
  return `${place}${prefix}${word} is not a key. ${hint}`
}

function wrongValue(key: ConfigKey, place: string, value: unknown): string {
  const words = key.shape.words ?? []
  const hint = words.length > 0 ? firstHint(value, words) : ''
  return `${place}: expected ${key.shape.name}, got ${described(value, words.length > 0)}.${hint}`
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
