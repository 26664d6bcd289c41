import { parseTypeName, serialBase } from '../../../operations/type-names.ts'

const families: Readonly<Record<'number' | 'text' | 'time', readonly string[]>> = {
  number: ['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'],
  text: ['text', 'varchar', 'char', 'name'],
  time: ['timestamp', 'timestamptz', 'date'],
}

/** The type that values have: `integer` for `serial`. */
export function valueType(type: string): string {
  return serialBase(type) ?? type
}

/** Whether a type holds numbers, which are written without quotes. */
export function isNumeric(type: string): boolean {
  return families.number.includes(valueType(parseTypeName(type).base))
}

/** Whether a type has a collation of its own choosing. */
export function isText(type: string): boolean {
  return families.text.includes(parseTypeName(type).base)
}

/** Types between which the server casts stored values and defaults by itself. */
export function isSameFamily(from: string, to: string): boolean {
  const [a, b] = [parseTypeName(valueType(from)), parseTypeName(valueType(to))]
  if (Boolean(a.array) !== Boolean(b.array)) return false
  if (a.base === b.base) return true
  return Object.values(families).some(names => names.includes(a.base) && names.includes(b.base))
}

/** Types that PostgreSQL brings; every other name is a type of this database. */
export function isBuiltIn(type: string): boolean {
  return !parseTypeName(type).base.includes('.')
}

/** How large values of a type are kept when nothing is chosen. */
export function usualStorage(type: string): 'main' | 'extended' {
  const { base, array } = parseTypeName(type)
  return array === '' && ['numeric', 'inet', 'cidr'].includes(base) ? 'main' : 'extended'
}
