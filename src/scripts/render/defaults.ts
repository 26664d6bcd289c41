import { parseTypeName } from '../../operations/type-names.ts'
import { type DefaultValue, isExpression, type LiteralValue } from '../../schema/index.ts'
import type { RenderContext } from './context.ts'
import type { Code } from './layout.ts'
import { plainValue } from './literals.ts'

/** A default of a column of this type: a plain value where one gives the same, else SQL. */
export function defaultCode(value: DefaultValue, type: string, context: RenderContext): Code {
  const plain = isExpression(value) ? plainDefault(value.sql, type) : value.value
  if (plain !== undefined) return plainValue(plain, sql => context.sql(sql))
  return context.sql(isExpression(value) ? value.sql : '')
}

/**
 * The plain value whose literal PostgreSQL deparses to this text again, on a column of this type:
 * `'user'::character varying` → 'user', `'-1'::integer` → -1.
 */
export function plainDefault(sql: string, type: string): LiteralValue | undefined {
  const { base } = parseTypeName(type)
  const isArray = type.endsWith(']')
  if (base === 'boolean' && !isArray) return { true: true, false: false }[sql]
  if (numeric.has(base) && !isArray) {
    const number = plainNumber(sql)
    if (number !== undefined) return number
  }
  const [, quoted, cast] = /^'((?:[^']|'')*)'::(.+)$/s.exec(sql) ?? []
  const isOwn = cast === (deparsedNames[base] ?? base) + (isArray ? '[]' : '')
  const isWritable = isArray
    ? quoted?.startsWith('{') && quoted.endsWith('}')
    : !onlyNumbers.has(base)
  return isOwn && isWritable ? quoted?.replaceAll("''", "'") : undefined
}

/** Types whose columns take numbers and no texts in TypeScript. */
const onlyNumbers = new Set(['smallint', 'integer', 'real', 'double precision', 'oid'])

const numeric = new Set([
  'smallint',
  'integer',
  'bigint',
  'numeric',
  'real',
  'double precision',
  'money',
])

/** A number is deparsed as it is written; a negative one is quoted, with the type of its literal. */
function plainNumber(sql: string): number | undefined {
  const [, integer] = /^'(-\d+)'::integer$/.exec(sql) ?? []
  const [, decimal] = /^'(-\d+\.\d+)'::numeric$/.exec(sql) ?? []
  const digits = integer ?? decimal ?? (/^\d+(?:\.\d+)?$/.test(sql) ? sql : undefined)
  return digits !== undefined && String(Number(digits)) === digits ? Number(digits) : undefined
}

/** How PostgreSQL spells, in a cast, the types that the builders spell in a shorter way. */
const deparsedNames: Readonly<Record<string, string>> = {
  varchar: 'character varying',
  char: 'bpchar',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
}
