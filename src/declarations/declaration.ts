import { LimbeckError } from '../errors.ts'
import type { QualifiedName, SchemaObject } from '../schema/index.ts'

/** Marks what the builders make, also across two installed copies of limbeck. */
export const brand: unique symbol = Symbol.for('limbeck.declaration') as never

/** What a builder made. */
export type Branded = 'column' | 'table' | 'index' | 'constraint' | 'object' | 'finalName'

/** Whether a value was made by a builder of this sort. */
export function isBranded(value: unknown, sort: Branded): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, brand) === sort
}

/** An object of a schema that stands for itself: a view, a routine, a sequence, … */
export class Declaration<O extends SchemaObject = SchemaObject> {
  readonly [brand]: Branded = 'object'
  readonly object: O

  constructor(object: O) {
    this.object = compact(object)
  }
}

/** The name of an object: alone, or with its schema. */
export type NameInput = string | QualifiedName

/** A name as the schema keeps it. */
export function qualifiedName(input: NameInput): QualifiedName {
  return typeof input === 'string' ? { name: input } : compact(input)
}

/** Leaves out the keys without a value, so that declarations compare by deep equality. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T
}

/** The error of a declaration that cannot be; `place` names the table or column. */
export function invalid(place: string, problem: string, hint?: string): LimbeckError {
  return new LimbeckError('DECLARATION_INVALID', `${place}: ${problem}`, {
    facts: { place },
    ...(hint === undefined ? {} : { hint }),
  })
}

/** The first word of a list that stands in it before. */
export const twinIn = (words: readonly string[]): string | undefined =>
  words.find((word, index) => words.indexOf(word) !== index)

/** What a value is, in words, for the message of an error. */
export function whatIs(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (value instanceof Date) return 'a Date'
  if (value === '') return 'an empty text'
  return { string: 'a text', object: 'an object' }[typeof value as string] ?? `a ${typeof value}`
}
