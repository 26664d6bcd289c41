import type { Column, DatabaseSchema, EnumType } from '../schema/index.ts'

/**
 * An SQL expression for the value of a column in row `n` (1, 2, …). It depends on nothing but the type
 * and `n`, so that row n of a child table refers to row n of its parent. Undefined where no value is
 * known for the type.
 */
export function sampleValue(
  { type }: Pick<Column, 'type'>,
  n: number,
  schema: DatabaseSchema,
): string | undefined {
  if (type.endsWith(']')) return arrayValue(type, n, schema)
  const [, name = '', size = ''] = /^([a-z0-9_ ."]+?)(?:\((.*)\))?$/i.exec(type) ?? []
  const known = samples[name]
  if (known !== undefined) return known(n, size)
  const enumType = enumOf(type, schema)
  return enumType && enumValue(enumType, n)
}

/** The enum that a column has, or an array of; undefined for any other type. */
export function enumOf(type: string, schema: DatabaseSchema): EnumType | undefined {
  const name = type.replace(/(\[\d*\])+$/, '').replaceAll('"', '')
  const object = schema.objects.get(`enum:${name}`)
  return object?.kind === 'enum' ? object : undefined
}

/** Empty, but for enums, whose values may go. */
function arrayValue(type: string, n: number, schema: DatabaseSchema): string {
  const enumType = enumOf(type, schema)
  const value = enumType && enumValue(enumType, n)
  return value === undefined ? `'{}'` : `ARRAY[${value}]::${type}`
}

type Sample = (n: number, size: string) => string

const integer: Sample = n => String(n)
const text: Sample = (n, size) => {
  const length = size === '' ? Number.POSITIVE_INFINITY : Number(size)
  return quoted(length < 5 ? String(n).slice(-length) : `row ${n}`)
}
const bits: Sample = (n, size) =>
  `B'${n
    .toString(2)
    .padStart(Number(size || 1), '0')
    .slice(-Number(size || 1))}'`
const range =
  (name: string, low: Sample): Sample =>
  (n, size) =>
    `${name}(${low(n, size)}, NULL)`
const date: Sample = n => `DATE '2001-01-01' + ${n}`
const timestamp: Sample = n => `TIMESTAMP '2001-01-01 12:00' + ${n} * INTERVAL '1 day'`
const timestamptz: Sample = n => `TIMESTAMPTZ '2001-01-01 12:00+00' + ${n} * INTERVAL '1 day'`

const samples: Readonly<Record<string, Sample>> = {
  smallint: integer,
  integer,
  bigint: integer,
  smallserial: integer,
  serial: integer,
  bigserial: integer,
  oid: integer,
  numeric: (n, size) => (/^(\d+),\s*\1$/.test(size) ? `0.${n}` : String(n)),
  real: integer,
  'double precision': integer,
  money: n => `${n}::money`,
  boolean: n => (n % 2 === 1 ? 'TRUE' : 'FALSE'),
  text,
  varchar: text,
  char: (n, size) => text(n, size || '1'),
  bpchar: text,
  name: text,
  citext: text,
  'public.citext': text,
  uuid: n => `'00000000-0000-4000-8000-${String(n).padStart(12, '0')}'`,
  bytea: n => `'\\x${n.toString(16).padStart(2, '0')}'`,
  json: n => `'{"row": ${n}}'`,
  jsonb: n => `'{"row": ${n}}'`,
  xml: n => `'<row>${n}</row>'`,
  date,
  timestamp,
  timestamptz,
  time: n => `TIME '12:00' + ${n} * INTERVAL '1 minute'`,
  timetz: n => `TIMETZ '12:00+00' + ${n} * INTERVAL '1 minute'`,
  interval: n => `${n} * INTERVAL '1 day'`,
  inet: n => `'10.0.0.${n}'`,
  cidr: n => `'10.0.${n}.0/24'`,
  macaddr: n => `'08:00:2b:01:02:0${n}'`,
  macaddr8: n => `'08:00:2b:01:02:03:04:0${n}'`,
  bit: bits,
  varbit: bits,
  tsvector: n => `'row${n}'`,
  tsquery: n => `'row${n}'`,
  point: n => `'(${n},${n})'`,
  box: n => `'(${n},${n}),(0,0)'`,
  circle: n => `'<(0,0),${n}>'`,
  line: n => `'{1,1,${n}}'`,
  lseg: n => `'[(0,0),(${n},${n})]'`,
  path: n => `'[(0,0),(${n},${n})]'`,
  polygon: n => `'((0,0),(${n},0),(0,${n}))'`,
  int4range: range('int4range', integer),
  int8range: range('int8range', integer),
  numrange: range('numrange', integer),
  daterange: range('daterange', date),
  tsrange: range('tsrange', timestamp),
  tstzrange: range('tstzrange', timestamptz),
}

function enumValue({ values }: EnumType, n: number): string | undefined {
  const value = values[(n - 1) % values.length]
  return value === undefined ? undefined : quoted(value)
}

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`
