import { isRecord } from '../config/shapes.ts'
import { didYouMean } from '../text/nearest.ts'
import { invalid, whatIs } from './declaration.ts'
import { fits, type Shape, type Shapes } from './shapes.ts'

/** What a function takes: its arguments in order, then its options. */
export interface Takes<A extends Shapes = Shapes, O extends Shapes = Shapes> {
  readonly arguments: A
  readonly options: O
}

/** What a function takes that has no options. */
export const takes = <A extends Shapes, O extends Shapes>(
  args: A,
  options: O = {} as O,
): Takes<A, O> => ({ arguments: args, options })

const none = {}

/**
 * The options of a function, once they and its arguments are what they have to be. Scripts and models
 * may run without a type checker, and what is passed over in silence (`concurently: true`,
 * `onDelete: 'casade'`) is noticed too late.
 */
export function checked<O extends object>(
  place: string,
  { arguments: shapes, options }: Takes,
  given: readonly unknown[],
  told: O = none as O,
): O {
  let at = 0
  for (const key in shapes) {
    const value = given[at++]
    const shape = shapes[key]!
    if (!shape.accepts(value)) throw refused(place, `its argument ${key}`, value, shape)
  }
  if (!isRecord(told))
    throw invalid(place, `what should be its options is ${whatIs(told)}.`, listed(options))
  for (const key in told) {
    const shape = Object.hasOwn(options, key) ? options[key] : undefined
    if (shape === undefined)
      throw invalid(
        place,
        `it has no option ${key}.`,
        didYouMean(key, Object.keys(options)) ?? listed(options),
      )
    const value = told[key]
    if (value !== undefined && !shape.accepts(value))
      throw refused(place, `its option ${key}`, value, shape)
  }
  for (const key in options)
    if (options[key]!.isRequired && Reflect.get(told, key) === undefined)
      throw invalid(place, `its option ${key} is missing.`, listed(options))
  return told
}

/** The place of a declaration in its errors: `trigger touch`, or `trigger` where the name is none. */
export const placeOf = (kind: string, name: unknown): string =>
  typeof name === 'string' && name !== '' ? `${kind} ${name}` : kind

/** What is wrong with one value, as exactly as its shape tells. */
function refused(place: string, path: string, value: unknown, shape: Shape): Error {
  const { within, problem, hint } = complaint(value, shape, path)
  return invalid(place, `${within} ${problem}`, hint)
}

interface Complaint {
  readonly within: string
  readonly problem: string
  readonly hint?: string | undefined
}

function complaint(value: unknown, shape: Shape, within: string): Complaint {
  const { item, entries, fields, alternatives } = shape
  const meant = alternatives?.find(one => isAbout(value, one))
  if (meant !== undefined) return complaint(value, meant, within)
  if (item !== undefined && Array.isArray(value) && value.length > 0) {
    const at = value.findIndex(one => !item.accepts(one))
    return complaint(value[at], item, `${within}[${at}]`)
  }
  if (entries !== undefined && isRecord(value)) {
    const [key] = Object.entries(value).find(([, one]) => !entries.accepts(one))!
    return complaint(value[key], entries, `${within}.${key}`)
  }
  if (fields !== undefined && isRecord(value)) return complaintOfFields(value, fields, within)
  const problem = typeof value === 'object' && value !== null ? sqlOf(value) : value
  const own = typeof problem === 'string' ? shape.complaint?.(problem) : undefined
  // The hint of a shape that complains is about that.
  const hint =
    shape.complaint === undefined || own !== undefined ? hintFor(value, shape) : undefined
  return { within, problem: own ?? wrongValue(value, shape), hint }
}

const sqlOf = (value: object): unknown => ('sql' in value ? value.sql : value)

/** Whether a value looks as if this alternative was meant. */
const isAbout = (value: unknown, { item, entries, fields, words, complaint }: Shape): boolean =>
  (item !== undefined && Array.isArray(value)) ||
  ((entries ?? fields) !== undefined && isRecord(value)) ||
  ((words ?? complaint) !== undefined && typeof value === 'string')

function complaintOfFields(
  value: Readonly<Record<string, unknown>>,
  fields: Shapes,
  within: string,
): Complaint {
  const keys = Object.keys(fields)
  const stranger = Object.keys(value).find(key => !keys.includes(key))
  if (stranger !== undefined)
    return {
      within,
      problem: `has no key ${stranger}.`,
      hint: didYouMean(stranger, keys) ?? `Its keys are ${keys.join(', ')}.`,
    }
  const wrong = keys.find(key => !fits(value[key], fields[key]!))!
  return complaint(value[wrong], fields[wrong]!, `${within}.${wrong}`)
}

/** More words than a sentence takes: the hint has them. */
const manyWords = 8

/** Words are repeated; other texts may be long, or nobody's business. */
function wrongValue(value: unknown, { name, words = [] }: Shape): string {
  if (value === undefined) return `is missing; it takes ${name}.`
  const isShown = ['number', 'boolean', 'bigint'].includes(typeof value)
  const isWord = typeof value === 'string' && value !== '' && words.length > 0
  const given = isWord ? `'${value}'` : isShown ? String(value) : whatIs(value)
  if (isWord && words.length > manyWords) return `is ${given}, which it does not know.`
  return `is ${given}, not ${name}.`
}

function hintFor(value: unknown, { words = [], hint }: Shape): string | undefined {
  if (typeof value === 'string' && words.length > 0)
    return didYouMean(value, words) ?? `There are ${words.join(', ')}.`
  return hint
}

const listed = (options: Shapes): string => {
  const keys = Object.keys(options)
  return keys.length === 0 ? 'It has no options.' : `Its options are ${keys.join(', ')}.`
}
