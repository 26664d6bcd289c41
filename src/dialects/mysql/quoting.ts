import { LimbeckError } from '../../errors.ts'
import type { QualifiedName } from '../../schema/index.ts'
import { keyWords } from './key-words.ts'

/** Quotes an identifier where MySQL or MariaDB would read it differently without quotes. */
export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw unwritable('An identifier with a NUL character')
  const plain = /^[a-z_][a-z0-9_]*$/i.test(identifier) && !keyWords.has(identifier.toLowerCase())
  return plain ? identifier : `\`${identifier.replaceAll('`', '``')}\``
}

/** A name with its schema (here: its database), where it has one. */
export function quoteQualified({ schema, name }: QualifiedName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`
}

/** Names in a list: `a, \`select\``. */
export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ')
}

/**
 * A string as a literal. What a backslash means depends on the server's sql_mode, and the clients
 * change NUL and CR on their way: text that has one of them is spelled in bytes.
 */
export function stringLiteral(text: string): string {
  const quoted = valueLiteral(text)
  return quoted.startsWith('X') ? `_utf8mb4 ${quoted}` : quoted
}

/** A string where no character set may be named: a value of an enum, which has its column's. */
export function valueLiteral(text: string): string {
  if (/[\\\0\r]/.test(text)) return bytesLiteral(Buffer.from(text))
  return `'${text.replaceAll("'", "''")}'`
}

/** Spells a value as a literal: plain objects become JSON, a Date its UTC digits, booleans 1 and 0. */
export function literal(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringLiteral(value)
    case 'number':
      if (!Number.isFinite(value)) throw unwritable(String(value))
      return String(value)
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? '1' : '0'
    case 'undefined':
      return 'NULL'
    case 'object':
      return value === null ? 'NULL' : objectLiteral(value)
    default:
      throw unwritable(`A ${typeof value}`)
  }
}

function objectLiteral(value: object): string {
  if (value instanceof Date) return `'${timestamp(value)}'`
  if (value instanceof Uint8Array) return bytesLiteral(value)
  if (Array.isArray(value)) throw unwritable('An array')
  return stringLiteral(JSON.stringify(value))
}

function bytesLiteral(bytes: Uint8Array): string {
  return `X'${Buffer.from(bytes).toString('hex')}'`
}

/** Without a zone, which MariaDB does not read: `2024-02-03 04:05:06.789`. */
function timestamp(date: Date): string {
  const year = date.getUTCFullYear()
  if (Number.isNaN(date.getTime())) throw unwritable('An invalid Date')
  if (year < 0 || year > 9999) throw unwritable(`A Date in the year ${year}`)
  return date.toISOString().replace('T', ' ').replace('Z', '')
}

function unwritable(what: string): LimbeckError {
  return new LimbeckError('VALUE_UNSUPPORTED', `${what} cannot be written as SQL for MySQL.`, {
    hint: 'Use a string, number, bigint, boolean, Date, Uint8Array, null, or plain JSON data (an array as JSON.stringify gives it).',
  })
}

/**
 * Text after COMMENT, where only a plain string may stand: a backslash is doubled, as it has to be
 * unless the server runs with NO_BACKSLASH_ESCAPES.
 */
export function commentLiteral(text: string): string {
  if (text.includes('\0')) throw unwritable('A comment with a NUL character')
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
