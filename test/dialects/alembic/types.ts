import type { DialectName } from '../../../src/dialects/dialect.ts'
import type { Column } from '../../../src/schema/index.ts'

/** A type of SQLAlchemy as the vectors tell it: its name and its options. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs with every type
type Type = any

type ColumnType = Pick<Column, 'type' | 'enumValues'>

/** A type of SQLAlchemy as limbeck is told it. */
export function typeOf(
  type: Type,
  { schema, dialect }: { readonly schema?: string; readonly dialect: DialectName },
): ColumnType {
  return dialect === 'postgresql'
    ? { type: postgresqlType(type, schema) }
    : otherType(type, dialect === 'mysql')
}

/** Whether a type is an enum that PostgreSQL has to create beside the table. */
export const isNativeEnum = (type: Type): boolean =>
  isEnum(type) && type.nativeEnum !== false && type.createType !== false

export const enumSchema = (type: Type, schema: string | undefined): string | undefined =>
  type.schema ?? (type.inheritSchema ? schema : undefined)

const isEnum = (type: Type): boolean => ['Enum', 'postgresql.ENUM'].includes(type.type)

const longest = (values: readonly string[]): number => Math.max(...values.map(one => one.length))

const generic: Readonly<Record<string, string>> = {
  Integer: 'integer',
  SmallInteger: 'smallint',
  BigInteger: 'bigint',
  String: 'varchar',
  Unicode: 'varchar',
  UnicodeText: 'text',
  LargeBinary: 'bytea',
  DateTime: 'timestamp',
  Double: 'double precision',
}

const postgresql: Readonly<Record<string, string>> = {
  ...generic,
  Float: 'double precision',
  DOUBLE_PRECISION: 'double precision',
  DECIMAL: 'numeric',
}

function postgresqlType(type: Type, schema: string | undefined): string {
  const [, bare = ''] = /^(?:postgresql\.)?(.*)$/.exec(type.type) ?? []
  if (bare === 'ARRAY') {
    return postgresqlType(type.item, schema) + '[]'.repeat(type.dimensions ?? 1)
  }
  if (isNativeEnum(type)) return [enumSchema(type, schema), type.name].filter(Boolean).join('.')
  if (bare === 'Enum') return `varchar(${longest(type.values)})`
  if (type.nativeUuid === false) return 'char(32)'
  if (bare === 'Float' && type.precision <= 24) return 'real'
  if (type.varying) return `varbit(${type.length})`
  const base = `${postgresql[bare] ?? bare.toLowerCase()}${type.timezone ? 'tz' : ''}`
  const isUnsized = base === 'double precision' || base === 'bytea'
  return isUnsized
    ? base
    : `${base}${sizes(type.length ?? type.precision ?? type.secondPrecision, type.scale)}`
}

const elsewhere: Readonly<Record<string, string>> = {
  ...generic,
  Text: 'text',
  Boolean: 'boolean',
  BOOLEAN: 'boolean',
  Date: 'date',
  Time: 'time',
  // SQLAlchemy counts on from 1970 where a database has no intervals.
  Interval: 'timestamp',
  Numeric: 'numeric',
  JSON: 'json',
  Uuid: 'uuid',
}

/** Types in capitals stay as they are written. */
function otherType(type: Type, isMysql: boolean): ColumnType {
  const name: string = type.type.replace(/^mysql\./, '')
  if (isEnum(type)) {
    return type.nativeEnum === false
      ? { type: `varchar(${longest(type.values)})` }
      : { type: type.name ?? 'enum', enumValues: type.values }
  }
  if (type.nativeUuid === false) return { type: 'char(32)' }
  if (name === 'Float') return { type: `FLOAT${isMysql ? sizes(type.precision) : ''}` }
  const own =
    name === 'Interval' ? '' : sizes(type.length ?? type.precision ?? type.fsp, type.scale)
  const builder = elsewhere[name]
  if (builder !== undefined) return { type: `${builder}${own}` }
  const values = type.values?.map((value: string) => `'${value}'`).join(',')
  const width = values ? `(${values})` : sizes(type.displayWidth)
  return { type: [`${name.replace('_', ' ')}${width}${own}`, ...words(type)].join(' ') }
}

function sizes(...given: readonly (number | undefined)[]): string {
  const numbers = given.filter(size => size !== undefined && size !== null)
  return numbers.length === 0 ? '' : `(${numbers.join(', ')})`
}

function words({ unsigned, zerofill, charset, binary }: Type): string[] {
  return [
    ...(unsigned ? ['UNSIGNED'] : []),
    ...(zerofill ? ['ZEROFILL'] : []),
    ...(charset ? [`CHARACTER SET ${charset}`] : []),
    ...(binary ? ['BINARY'] : []),
  ]
}
