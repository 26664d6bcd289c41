import { durationComplaint } from './duration.ts'
import { fileTemplateComplaint } from './file-template.ts'
import { type ConventionKind, conventionComplaint } from './naming-convention.ts'

/** A kind of value that a key takes. */
export interface Shape {
  /** As the reference and complaints spell it: `boolean`, `'text' | 'json'`. */
  readonly name: string
  readonly accepts: (value: unknown) => boolean
  /** The words a value is chosen from, where it is one of a few. */
  readonly words?: readonly string[] | undefined
  /** What each item of a list has to be. */
  readonly item?: Shape | undefined
  /** What each value of an object with free keys has to be. */
  readonly entries?: Shape | undefined
  /** What each key of an object has to be, where it has a few. */
  readonly fields?: Readonly<Record<string, Shape>> | undefined
  /** The object that it is a key of needs it. */
  readonly isRequired?: true | undefined
  /** Any of these is right. */
  readonly alternatives?: readonly Shape[] | undefined
  /** What to write where something else was written. */
  readonly hint?: string | undefined
  /** What is wrong with a value of the right type. */
  readonly complaint?: ((value: string) => string | undefined) | undefined
}

export const text: Shape = { name: 'string', accepts: value => typeof value === 'string' }

export const filledText: Shape = {
  ...text,
  complaint: value => (value.trim() === '' ? 'it is empty.' : undefined),
}

export const fileTemplate: Shape = { ...text, complaint: fileTemplateComplaint }

export const conventionTemplate = (kind: ConventionKind): Shape => ({
  ...text,
  complaint: template => conventionComplaint(kind, template),
})

/** A length of time: `60s`. */
export const duration: Shape = {
  ...text,
  name: "duration such as '60s'",
  complaint: durationComplaint,
}

export const truth: Shape = { name: 'boolean', accepts: value => typeof value === 'boolean' }

export const anything: Shape = { name: 'any value', accepts: () => true }

export const callable: Shape = {
  name: 'function',
  accepts: value => typeof value === 'function',
}

/** An object; `name` spells its keys, which have rows of their own. */
export const record = (name: string): Shape => ({ name, accepts: isRecord })

/** An object whose keys are the user's own words. */
export const recordOf = (entries: Shape): Shape => ({
  ...record(`{ [name]: ${entries.name} }`),
  entries,
})

export const positiveInteger: Shape = {
  name: 'positive integer',
  accepts: value => Number.isSafeInteger(value) && (value as number) > 0,
}

export const timeZone: Shape = {
  ...text,
  name: 'name of a time zone',
  complaint: value => (isTimeZone(value) ? undefined : `there is no time zone '${value}'.`),
}

export const listOf = (item: Shape): Shape => ({
  name: item.words === undefined ? `${item.name}[]` : `(${item.name})[]`,
  accepts: value => Array.isArray(value) && value.every(item.accepts),
  words: item.words,
  item,
})

export const oneOf = (...words: readonly string[]): Shape => ({
  name: words.map(word => `'${word}'`).join(' | '),
  accepts: value => words.includes(value as string),
  words,
})

export const either = (...shapes: readonly Shape[]): Shape => ({
  name: shapes.map(shape => shape.name).join(' | '),
  accepts: value => shapes.some(shape => shape.accepts(value)),
  words: shapes.flatMap(shape => shape.words ?? []),
  alternatives: shapes,
})

/** Whether a value is an object with keys: not null, not an array, not an instance of a class. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Whether the machine knows a time zone of this name. */
export function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined
  } catch {
    return false
  }
}
