import { parseTypeName } from '../../../operations/type-names.ts'
import { isText, numbers, texts, valueType } from './types.ts'

/** Types that become each other on assignment, in every direction. */
const families = [
  numbers,
  texts,
  ['timestamp', 'timestamptz', 'date'],
  ['time', 'timetz'],
  ['json', 'jsonb'],
  ['inet', 'cidr'],
  ['bit', 'varbit'],
]

/** What each of these becomes on assignment beside its family. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
  integer: ['money'],
  bigint: ['money'],
  numeric: ['money'],
  money: ['numeric'],
  timestamp: ['time'],
  timestamptz: ['time', 'timetz'],
  time: ['interval'],
  interval: ['time'],
}

/**
 * Whether the server turns stored values and defaults of one type into the other by itself, as it does
 * on assignment; anything can be written as text.
 */
export function isAssignable(from: string, to: string): boolean {
  const [a, b] = [parseTypeName(valueType(from)), parseTypeName(valueType(to))]
  if (isText(to)) return true
  if (Boolean(a.array) !== Boolean(b.array)) return false
  if (a.base === b.base || neighbours[a.base]?.includes(b.base)) return true
  return families.some(names => names.includes(a.base) && names.includes(b.base))
}

/** Turns a value into a type that it is not assignable to: most pairs of types meet only as text. */
export function explicitCast(value: string, from: string, to: string): string {
  const [a, b] = [parseTypeName(valueType(from)), parseTypeName(to)]
  if (isText(from)) return `${value}::${to}`
  if (b.array && !a.array) {
    return `CASE WHEN ${value} IS NOT NULL THEN ARRAY[${value}::text]::${to} END`
  }
  return `${value}${a.array ? textSteps(b.array) : steps(a.base, b.base)}::${to}`
}

const textSteps = (array: string): string => `::text${array}`

/** The types in between, where text would be wrong: the text of true is no number. */
function steps(from: string, to: string): string {
  const [isFromNumber, isToNumber] = [numbers.includes(from), numbers.includes(to)]
  if (from === 'boolean' && isToNumber) return to === 'integer' ? '' : '::integer'
  if (isFromNumber && to === 'boolean') return from === 'integer' ? '' : '::integer'
  if (isFromNumber && to === 'bit') return from === 'bigint' ? '' : '::bigint'
  if (from === 'bit' && isToNumber) return to === 'bigint' ? '' : '::bigint'
  return from === 'money' && isToNumber ? '::numeric' : '::text'
}
