import { type DefaultValue, isExpression } from '../../../schema/index.ts'
import { parenthesized } from '../../sql-words.ts'
import { literal } from '../quoting.ts'
import { isLarge } from './types.ts'

/** What may follow DEFAULT without parentheses: a literal, a word, and the clock with its ON UPDATE. */
const plain = [
  /^([-+]?\d+(\.\d+)?(e[-+]?\d+)?|null|true|false|current_timestamp|localtime(stamp)?)$/i,
  /^(_\w+\s*|[xbn])?'(?:[^'\\]|'')*'$/i,
  /^(current_timestamp|now|localtime|localtimestamp)\s*\(\s*\d*\s*\)$/i,
  /\bon\s+update\b/i,
]
const callOfNow = /^(now|localtime|localtimestamp)\s*\(\s*\)$/i

/** What follows DEFAULT: a literal, or an expression in its parentheses. */
export function defaultSql(value: DefaultValue, type: string | undefined): string {
  if (!isExpression(value)) {
    const text = literal(value.value)
    return value.value !== null && type !== undefined && isLarge(type) ? `(${text})` : text
  }
  const text = value.sql.trim()
  const isPlain = plain.some(pattern => pattern.test(text)) && !callOfNow.test(text)
  return isPlain ? text : parenthesized(text)
}

/** Whether `ALTER … SET DEFAULT` takes a default: a literal, unless the type wants an expression. */
export function isSettable(value: DefaultValue | null, type: string | undefined): boolean {
  if (value === null) return true
  return !isExpression(value) && !(type !== undefined && isLarge(type))
}
