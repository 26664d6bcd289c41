import { type DefaultValue, isExpression } from '../../../schema/index.ts'
import { parenthesized } from '../../sql-words.ts'
import { literal } from '../quoting.ts'

/** What may follow DEFAULT without parentheses. */
const plain = [
  /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i,
  /^x?'(?:[^']|'')*'$/i,
  /^(null|true|false|current_(date|time|timestamp))$/i,
]

const isPlain = (text: string): boolean => plain.some(pattern => pattern.test(text))

/** What follows DEFAULT: a literal, or an expression in its parentheses. */
export function defaultSql(value: DefaultValue): string {
  const text = isExpression(value) ? value.sql.trim() : literal(value.value)
  return isPlain(text) ? text : parenthesized(text)
}
