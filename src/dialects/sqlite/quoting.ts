import type { QualifiedName } from '../../schema/index.ts'
import {
  bytesLiteral,
  expectWhole,
  literalWriter,
  unusableName,
  unwritable,
} from '../literal-writer.ts'
import { keyWords } from './key-words.ts'

/** Quotes an identifier where SQLite would read it differently without quotes. */
export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw unusableName('SQLite', 'a NUL character')
  expectWhole('SQLite', identifier)
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
  expectWhole('SQLite', text)
  if (/[\0\r]/.test(text)) return `CAST(${bytesLiteral(Buffer.from(text))} AS TEXT)`
  return `'${text.replaceAll("'", "''")}'`
}

/** Spells a value as a literal. */
export const literal = literalWriter('SQLite', {
  string: stringLiteral,
  number: numberLiteral,
  bigint: bigintLiteral,
})

/** Infinity is what overflows; NaN would be stored as NULL. */
function numberLiteral(value: number): string {
  if (Number.isNaN(value)) throw unwritable('SQLite', 'NaN')
  if (!Number.isFinite(value)) return value > 0 ? '9e999' : '-9e999'
  return String(value)
}

/** Larger integers than 64 bits would be rounded in silence. */
function bigintLiteral(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) throw unwritable('SQLite', `The integer ${value}`)
  return String(value)
}
