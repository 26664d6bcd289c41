import { LimbeckError } from '../../errors.ts'
import { type QualifiedName, quoteIdentifier } from '../../schema/index.ts'
import { expectWhole, unwritable } from '../literal-writer.ts'
import { expectShort, type NameLimit } from '../name-limit.ts'

/** Names, and the values of enums. */
const limit: NameLimit = {
  database: 'PostgreSQL',
  longest: 63,
  unit: 'bytes',
  instead: 'cuts names after 63',
}

/** Quotes an identifier where PostgreSQL would read it differently without quotes. */
export function quote(identifier: string): string {
  expectText(identifier)
  expectShort(identifier, 'name', limit)
  return quoteIdentifier(identifier)
}

/** A value of an enum as a literal. */
export function enumLabel(value: string): string {
  expectShort(value, 'value', { ...limit, instead: 'takes 63' })
  return stringLiteral(value)
}

/** The server ends a text at a NUL. */
function expectText(text: string): void {
  if (text.includes('\0'))
    throw unwritable('PostgreSQL', 'Text with a NUL character', 'Take the character out.')
  expectWhole('PostgreSQL', text)
}

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
  expectText(text)
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
