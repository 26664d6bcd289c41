import type { QualifiedName } from '../../schema/index.ts'
import {
  bytesLiteral,
  expectWhole,
  literalWriter,
  unusableName,
  unwritable,
} from '../literal-writer.ts'
import { expectShort, type NameLimit } from '../name-limit.ts'
import { keyWords } from './key-words.ts'

const limit: NameLimit = {
  database: 'MySQL',
  longest: 64,
  unit: 'characters',
  instead: 'takes names of 64',
}

/** Quotes an identifier where MySQL or MariaDB would read it differently without quotes. */
export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw unusableName('MySQL', 'a NUL character')
  if (/[\u{10000}-\u{10ffff}]|\p{Surrogate}/u.test(identifier))
    throw unusableName('MySQL', 'an emoji, or another character beyond the basic plane,')
  if (/[ \t\n\v\f\r]$/.test(identifier)) throw unusableName('MySQL', 'a space at its end')
  expectShort(identifier, 'name', limit)
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
 * change NUL and CR on their way, and an emoji where they speak utf8mb3: text that has one of them is
 * spelled in bytes.
 */
export function stringLiteral(text: string): string {
  const quoted = valueLiteral(text)
  return quoted.startsWith('X') ? `_utf8mb4 ${quoted}` : quoted
}

/** A string where no character set may be named: a value of an enum, which has its column's. */
export function valueLiteral(text: string): string {
  expectWhole('MySQL', text)
  if (/[\\\0\r\ud800-\udfff]/.test(text)) return bytesLiteral(Buffer.from(text))
  return `'${text.replaceAll("'", "''")}'`
}

/** Spells a value as a literal. */
export const literal = literalWriter('MySQL', {
  string: stringLiteral,
  number: value => {
    if (!Number.isFinite(value)) throw unwritable('MySQL', String(value))
    return String(value)
  },
  bigint: String,
})

/**
 * Text after COMMENT, where only a plain string may stand: a backslash is doubled, as it has to be
 * unless the server runs with NO_BACKSLASH_ESCAPES.
 */
export function commentLiteral(text: string): string {
  if (text.includes('\0')) throw unwritable('MySQL', 'A comment with a NUL character')
  expectWhole('MySQL', text)
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
