import { isSql } from '../../declarations/sql.ts'
import { LimbeckError } from '../../errors.ts'
import { array, type Code, call, object } from './layout.ts'

/** A text as a literal: in quotes, or as a template where it has several lines. */
export function text(value: string): string {
  if (value.includes('\n')) return template(value)
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
  const escaped = value.replace(/[\\\p{Cc}\u2028\u2029]|'|"/gu, character => {
    if (character === "'" || character === '"')
      return character === quote ? `\\${quote}` : character
    return escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return quote + escaped + quote
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\r': '\\r' }

/** A text as a template literal; a carriage return would be read as a line feed there. */
export function template(value: string): string {
  return `\`${value.replace(/[`\\]|\$(?=\{)/g, '\\$&').replaceAll('\r', '\\r')}\``
}

/** A key of an object literal. */
export function keyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return isIdentifier(name) ? name : text(name)
}

/** A property of a variable. */
export function propertyOf(variable: string, name: string): string {
  return isIdentifier(name) ? `${variable}.${name}` : `${variable}[${text(name)}]`
}

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** A whole number: as a bigint only where a number would not hold it. */
export function wholeNumber(value: bigint): string {
  const isSafe =
    BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER)
  return isSafe ? String(value) : `${value}n`
}

/** Plain data as TypeScript; `sql` names the tag for pieces of SQL in it. */
export function plainValue(value: unknown, sql: (text: string) => Code): Code {
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'bigint':
      return `${value}n`
    case 'object':
      return value === null ? 'null' : objectValue(value, sql)
    case 'number':
    case 'boolean':
    case 'undefined':
      return Object.is(value, -0) ? '-0' : String(value)
    default:
      throw new LimbeckError(
        'VALUE_UNSUPPORTED',
        `A ${typeof value} cannot be written as TypeScript.`,
      )
  }
}

function objectValue(value: object, sql: (text: string) => Code): Code {
  if (isSql(value)) return sql(value.sql)
  if (Array.isArray(value)) return array(value.map(item => plainValue(item, sql)))
  if (value instanceof Date) return call('new Date', text(value.toISOString()))
  if (value instanceof Uint8Array) return call('Uint8Array.of', ...[...value].map(String))
  const given = Object.entries(value).filter(([, field]) => field !== undefined)
  return object(given.map(([key, field]) => [keyOf(key), plainValue(field, sql)]))
}
