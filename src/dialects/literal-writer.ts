import { LimbeckError } from '../errors.ts'

/** What differs from one database without types for its literals to another. */
export interface LiteralSpellings {
  readonly string: (text: string) => string
  readonly number: (value: number) => string
  readonly bigint: (value: bigint) => string
}

/** Spells values as literals: plain objects become JSON, a Date its UTC digits, booleans 1 and 0. */
export function literalWriter(
  database: string,
  spell: LiteralSpellings,
): (value: unknown) => string {
  const object = (value: object): string => {
    if (value instanceof Date) return `'${timestamp(database, value)}'`
    if (value instanceof Uint8Array) return bytesLiteral(value)
    if (Array.isArray(value)) throw unwritable(database, 'An array')
    return spell.string(JSON.stringify(value))
  }
  return value => {
    switch (typeof value) {
      case 'string':
        return spell.string(value)
      case 'number':
        return spell.number(value)
      case 'bigint':
        return spell.bigint(value)
      case 'boolean':
        return value ? '1' : '0'
      case 'undefined':
        return 'NULL'
      case 'object':
        return value === null ? 'NULL' : object(value)
      default:
        throw unwritable(database, `A ${typeof value}`)
    }
  }
}

/** Bytes, in the SQL of all databases but PostgreSQL. */
export function bytesLiteral(bytes: Uint8Array): string {
  return `X'${Buffer.from(bytes).toString('hex')}'`
}

/** Without a zone, which not every database reads: `2024-02-03 04:05:06.789`. */
function timestamp(database: string, date: Date): string {
  const year = date.getUTCFullYear()
  if (Number.isNaN(date.getTime())) throw unwritable(database, 'An invalid Date')
  if (year < 0 || year > 9999) throw unwritable(database, `A Date in the year ${year}`)
  return date.toISOString().replace('T', ' ').replace('Z', '')
}

/** Refuses half a character (a surrogate without the other), which would become another on its way. */
export function expectWhole(database: string, text: string): void {
  if (/\p{Surrogate}/u.test(text))
    throw unwritable(database, 'Text with half a character', 'Take the surrogate out.')
}

/** The error of a value that no SQL stands for. */
export function unwritable(
  database: string,
  what: string,
  hint: string = 'Use a string, number, bigint, boolean, Date, Uint8Array, null, or plain JSON data (an array as JSON.stringify gives it).',
): LimbeckError {
  const message = `${what} cannot be written as SQL for ${database}.`
  return new LimbeckError('VALUE_UNSUPPORTED', message, { hint })
}

/** The error of a name that no SQL stands for. */
export function unusableName(database: string, what: string): LimbeckError {
  return unwritable(database, `A name with ${what}`, 'Give it another name.')
}
