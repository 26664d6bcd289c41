import { LimbeckError } from '../../errors.ts'
import { type QualifiedName, quoteIdentifier as quote } from '../../schema/index.ts'

/** Quotes an identifier where PostgreSQL would read it differently without quotes. */
export { quote }

/** A name with its schema, where it has one. */
export function quoteQualified({ schema, name }: QualifiedName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`
}

/** Names in a list: `a, "B"`. */
export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ')
}

/** A string as a literal; E'…' only for backslashes, which the server may read in two ways. */
export function stringLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

/**
 * Spells a value as a literal: arrays and plain objects become JSON. A Date stays untyped, so that a
 * `timestamp` column keeps its UTC digits whatever the session's time zone is.
 */
export function literal(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringLiteral(value)
    case 'number':
      return Number.isFinite(value) ? String(value) : `'${value}'::double precision`
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'undefined':
      return 'NULL'
    case 'object':
      return value === null ? 'NULL' : objectLiteral(value)
    default:
      throw new LimbeckError('VALUE_UNSUPPORTED', `A ${typeof value} cannot be written as SQL.`, {
        hint: 'Use a string, number, bigint, boolean, Date, Uint8Array, null, or plain JSON data.',
      })
  }
}

function objectLiteral(value: object): string {
  if (value instanceof Date) return `'${timestamp(value)}'`
  if (value instanceof Uint8Array) return `'\\x${Buffer.from(value).toString('hex')}'::bytea`
  return `${stringLiteral(JSON.stringify(value))}::jsonb`
}

/** ISO 8601 but for years outside 1–9999, which PostgreSQL wants without a sign. */
function timestamp(date: Date): string {
  if (Number.isNaN(date.getTime())) {
    throw new LimbeckError('VALUE_UNSUPPORTED', 'An invalid Date cannot be written as SQL.', {
      hint: 'Check the value before it is recorded.',
    })
  }
  const year = date.getUTCFullYear()
  const rest = date.toISOString().replace(/^[+-]?\d+/, '')
  const digits = String(year > 0 ? year : 1 - year).padStart(4, '0')
  return year > 0 ? `${digits}${rest}` : `${digits}${rest} BC`
}
