import { isSql } from '../../declarations/sql.ts'
import { parseTypeName } from '../../operations/type-names.ts'
import { isJson, jsonText, temporalText } from '../column-value.ts'
import { unwritable } from '../literal-writer.ts'

/** An array as PostgreSQL reads it from a text of the type: `{"a","b",NULL}`. */
export function arrayText(items: readonly unknown[], type: string): string {
  const { base, array } = parseTypeName(type.toLowerCase())
  // In JSON a list is a value, so that only the type says how deep the array goes.
  return nested(items, base, isJson(base) ? array.split('[').length - 1 : undefined)
}

function nested(items: readonly unknown[], base: string, depth: number | undefined): string {
  const texts = items.map(item => {
    const isDeeper = Array.isArray(item) && (depth === undefined || depth > 1)
    if (isDeeper) return nested(item, base, depth && depth - 1)
    return item === null || item === undefined ? 'NULL' : quoted(elementText(item, base))
  })
  return `{${texts.join(',')}}`
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

function elementText(item: unknown, base: string): string {
  if (isSql(item))
    throw unwritable('PostgreSQL', 'SQL inside an array', 'Write the whole array as SQL.')
  if (isJson(base)) return jsonText(item, 'PostgreSQL')
  if (item instanceof Date) return temporalText(item, base) ?? item.toISOString()
  if (item instanceof Uint8Array) return `\\x${Buffer.from(item).toString('hex')}`
  if (typeof item === 'object')
    throw unwritable('PostgreSQL', `An object in an array of ${base}`, 'Give texts, or sql`…`.')
  return String(item)
}
