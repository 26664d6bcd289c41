import { whatIs } from '../declarations/declaration.ts'
import { isSql } from '../declarations/sql.ts'
import { parseTypeName } from '../operations/type-names.ts'
import { unwritable } from './literal-writer.ts'
import { parenthesized } from './sql-words.ts'

/** What a database has for the values of rows. */
export interface ValueSpelling {
  readonly database: string
  readonly literal: (value: unknown) => string
  /** The text of an array of a type; absent where there are no arrays. */
  readonly arrayText?: ((items: readonly unknown[], type: string) => string) | undefined
}

/** Spells a value of a row for a column, whose type may be unknown. */
export function columnValue(
  value: unknown,
  type: string | undefined,
  { database, literal, arrayText }: ValueSpelling,
): string {
  if (isSql(value)) return isDefault(value.sql) ? 'DEFAULT' : parenthesized(value.sql)
  if (value === null || value === undefined) return 'NULL'
  const { base, array } = parseTypeName(type?.toLowerCase() ?? '')
  if (array !== '' && Array.isArray(value) && arrayText) return literal(arrayText(value, type!))
  if (array === '' && isJson(base)) return literal(jsonText(value, database))
  if (typeof value === 'string') return isNumber(base) && isDecimal(value) ? value : literal(value)
  if (value instanceof Date) return literal(temporalText(value, base) ?? value)
  if (typeof value !== 'object' || value instanceof Uint8Array) return literal(value)
  if (type === undefined && !Array.isArray(value)) return literal(jsonText(value, database))
  throw unwritable(
    database,
    `${capitalised(whatIs(value))} for a column of the type ${type}`,
    'Give a text as the column reads it, or sql`…`.',
  )
}

const isDefault = (sql: string): boolean => /^\s*default\s*$/i.test(sql)

/** Whether a type holds JSON: then any value is what stands in it. */
export const isJson = (base: string): boolean => base === 'json' || base === 'jsonb'

/** A value as JSON. */
export function jsonText(value: unknown, database: string): string {
  try {
    const text: string | undefined = JSON.stringify(value)
    if (text !== undefined) return text
  } catch (error) {
    // A bigint, or an object that holds itself.
    if (!(error instanceof TypeError)) throw error
  }
  throw unwritable(
    database,
    `${capitalised(whatIs(value))} that JSON cannot hold`,
    'Give a bigint as a text, and take out what holds itself.',
  )
}

const isNumber = (base: string): boolean =>
  /^(numeric|decimal|real|double|double precision|float|(small|big|tiny|medium)?int|integer|(small|big)?serial)$/.test(
    base.replace(/ (unsigned|zerofill)\b/g, ''),
  )

/** Digits stand in the SQL as they are, so that none is lost on the way. */
const isDecimal = (text: string): boolean => /^-?\d+(\.\d+)?$/.test(text)

/** What a type without a zone keeps of a moment: its UTC digits. */
export function temporalText(date: Date, base: string): string | undefined {
  const year = date.getUTCFullYear()
  if (Number.isNaN(date.getTime()) || year < 1 || year > 9999) return undefined
  const [day = '', rest = ''] = date.toISOString().split('T')
  const time = rest.replace(/(\.000)?Z$/, '')
  if (base === 'date') return day
  if (/^time( without time zone)?$/.test(base)) return time
  return /^(timestamp( without time zone)?|datetime)$/.test(base) ? `${day} ${time}` : undefined
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
