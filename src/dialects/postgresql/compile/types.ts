import { parseTypeName, serialBase } from '../../../operations/type-names.ts'

const numbers = ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision']
const texts = ['text', 'varchar', 'char', 'bpchar', 'name']

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

/** The type that values have: `integer` for `serial`. */
export function valueType(type: string): string {
  return serialBase(type) ?? type
}

/** Whether a type holds numbers, which are written without quotes. */
export function isNumeric(type: string): boolean {
  return numbers.includes(valueType(parseTypeName(type).base))
}

/** Whether values of a type are text, and any other value can be written as one. */
export function isText(type: string): boolean {
  const { base, array } = parseTypeName(type)
  return array === '' && texts.includes(base)
}

/** Whether a type, or what an array of it holds, has a collation. */
export function isCollatable(type: string): boolean {
  return texts.includes(parseTypeName(type).base)
}

/** Types between which the server casts stored values and defaults by itself. */
export function isSameFamily(from: string, to: string): boolean {
  const [a, b] = [parseTypeName(valueType(from)), parseTypeName(valueType(to))]
  if (Boolean(a.array) !== Boolean(b.array)) return false
  if (a.base === b.base) return true
  return families.some(names => names.includes(a.base) && names.includes(b.base))
}

/** Types that PostgreSQL casts an integer to, though not its text. */
const fromIntegers = ['boolean', 'bit', 'oid', 'money']

/** The explicit cast of a value into a type of another family: most pairs meet only as text. */
export function explicitCast(value: string, from: string, to: string): string {
  const [a, b] = [parseTypeName(valueType(from)), parseTypeName(to)]
  const isDirect =
    isText(from) ||
    a.base === 'boolean' ||
    (['smallint', 'integer', 'bigint'].includes(a.base) && fromIntegers.includes(b.base))
  return `${value}${isDirect ? '' : `::text${b.array}`}::${to}`
}

/** How large values of a type are kept when nothing is chosen. */
export function usualStorage(type: string): 'main' | 'extended' {
  const { base, array } = parseTypeName(type)
  return array === '' && ['numeric', 'inet', 'cidr'].includes(base) ? 'main' : 'extended'
}
