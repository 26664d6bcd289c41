import { parseTypeName, serialBase } from '../../../operations/type-names.ts'

/** Types that hold numbers. */
export const numbers: readonly string[] = [
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
]
/** Types that hold text, and have a collation. */
export const texts: readonly string[] = ['text', 'varchar', 'char', 'bpchar', 'name']

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

/** How large values of a type are kept when nothing is chosen. */
export function usualStorage(type: string): 'main' | 'extended' {
  const { base, array } = parseTypeName(type)
  return array === '' && ['numeric', 'inet', 'cidr'].includes(base) ? 'main' : 'extended'
}
