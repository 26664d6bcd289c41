import { parseTypeName } from '../../../operations/type-names.ts'
import { type DefaultValue, isExpression, type Literal } from '../../../schema/index.ts'
import { literal, stringLiteral } from '../quoting.ts'
import { isNumeric } from './types.ts'

/** What follows DEFAULT: an expression as it is, a literal in the way its type reads it. */
export function defaultSql(value: DefaultValue, type: string | undefined): string {
  return isExpression(value) ? value.sql : typedLiteral(value, type)
}

/** `5` for an integer column is 5, for a text or jsonb column it is '5'. */
function typedLiteral({ value }: Literal, type: string | undefined): string {
  if (value === null || type === undefined || typeof value === 'string') return literal(value)
  const { base, array } = parseTypeName(type)
  const plain = array === '' && (typeof value === 'boolean' ? base === 'boolean' : isNumeric(base))
  return plain && Number.isFinite(Number(value)) ? literal(value) : stringLiteral(String(value))
}
