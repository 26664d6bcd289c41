import { LimbeckError } from '../../errors.ts'
import type { QualifiedName } from '../../schema/index.ts'
import { keyWords } from './key-words.ts'

/** Quotes an identifier where SQLite would read it differently without quotes. */
export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw unwritable('An identifier with a NUL character')
  const plain = /^[a-z_][a-z0-9_]*$/i.test(identifier) && !keyWords.has(identifier.toLowerCase())
  return plain ? identifier : `"${identifier.replaceAll('"', '""')}"`
}

/** A name with its schema (the name of an attached database), where it has one. */
export function quoteQualified({ schema, name }: QualifiedName): string {
  return schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`
}

/** Names in a list: `a, "B"`. */
export function quoteList(identifiers: readonly string[]): string {
  return identifiers.map(quote).join(', ')
}

/** A string as a literal: in bytes where it has a NUL, which ends a statement, or a CR, which the shell drops. */
export function stringLiteral(text: string): string {
  if (/[\0\r]/.test(text)) return `CAST(${bytesLiteral(Buffer.from(text))} AS TEXT)`
  return `'${text.replaceAll("'", "''")}'`
}

/** Spells a value as a literal: plain objects become JSON, a Date its UTC digits, booleans 1 and 0. */
export function literal(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringLiteral(value)
    case 'number':
      return numberLiteral(value)
    case 'bigint':
      return bigintLiteral(value)
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

/** Infinity is what overflows; NaN would be stored as NULL. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) throw unwritable('NaN')
  if (!Number.isFinite(value)) return value > 0 ? '9e999' : '-9e999'
  return String(value)
}

/** Larger integers than 64 bits would be rounded in silence. */
function bigintLiteral(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) throw unwritable(`The integer ${value}`)
  return String(value)
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

/** As SQLite's own functions write and read it: `2024-02-03 04:05:06.789`. */
function timestamp(date: Date): string {
  const year = date.getUTCFullYear()
  if (Number.isNaN(date.getTime())) throw unwritable('An invalid Date')
  if (year < 0 || year > 9999) throw unwritable(`A Date in the year ${year}`)
  return date.toISOString().replace('T', ' ').replace('Z', '')
}

function unwritable(what: string): LimbeckError {
  return new LimbeckError('VALUE_UNSUPPORTED', `${what} cannot be written as SQL for SQLite.`, {
    hint: 'Use a string, number, bigint, boolean, Date, Uint8Array, null, or plain JSON data (an array as JSON.stringify gives it).',
  })
}
