import { parseTypeName } from '../operations/type-names.ts'

const families = [
  new Set(['smallint', 'integer', 'bigint', 'smallserial', 'serial', 'bigserial']),
  new Set(['text', 'varchar', 'char', 'bpchar']),
]

/** Whether a foreign key between columns of the two types can be. */
export function isSameFamily(current: string, target: string): boolean {
  const [from, to] = [parseTypeName(current).base, parseTypeName(target).base]
  return from === to || families.some(family => family.has(from) && family.has(to))
}
