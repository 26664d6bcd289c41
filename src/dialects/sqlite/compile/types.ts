import type { Operation } from '../../../operations/operation.ts'
import { parseTypeName, serialBase } from '../../../operations/type-names.ts'
import type { Column } from '../../../schema/index.ts'
import { isPostgresqlType } from '../../postgresql-types.ts'
import { lacks } from '../capabilities.ts'

/** The builders' words in those that SQLAlchemy writes for SQLite, which takes any and keeps them. */
const spellings: Readonly<Record<string, string>> = {
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  numeric: 'NUMERIC',
  real: 'REAL',
  'double precision': 'DOUBLE',
  boolean: 'BOOLEAN',
  varchar: 'VARCHAR',
  char: 'CHAR',
  text: 'TEXT',
  bytea: 'BLOB',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'DATETIME',
  timestamptz: 'TIMESTAMP',
  json: 'JSON',
  jsonb: 'JSON',
  uuid: 'CHAR(36)',
}

/** A STRICT table knows five types; ANY keeps the digits of a number as they are. */
const strictSpellings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(spellings).map(word => [word, 'TEXT'])),
  smallint: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'INTEGER',
  boolean: 'INTEGER',
  numeric: 'ANY',
  real: 'REAL',
  'double precision': 'REAL',
  bytea: 'BLOB',
}

/** A column's type in SQLite's words; what is no builder's word stays as it was written. */
export function columnType(column: Column, operation: Operation, isStrict: boolean): string {
  const { type, enumValues } = column
  if (isCounting(column)) return 'INTEGER'
  if (type.endsWith(']')) {
    throw lacks(operation, 'arrays', 'Keep the values in a table of their own, or in a json().')
  }
  if (enumValues) {
    const longest = Math.max(1, ...enumValues.map(value => value.length))
    return isStrict ? 'TEXT' : `VARCHAR(${longest})`
  }
  const { base, arguments: sizes } = parseTypeName(type)
  if (isPostgresqlType(base)) {
    throw lacks(operation, `the type ${base}`, "Write one that it has: type('TEXT').")
  }
  if (isStrict) return strictSpellings[base] ?? type
  const spelling = spellings[base]
  if (spelling === undefined) return type
  return sizes.length === 0 ? spelling : `${spelling}(${sizes.join(', ')})`
}

/** Whether a column numbers its rows: only one that is exactly an INTEGER can. */
export function isCounting({ type, identity }: Pick<Column, 'type' | 'identity'>): boolean {
  return identity !== undefined || serialBase(type) !== undefined
}

/** What SQLite makes of values in a column, from the name of its type (section 3.1 of its "Datatypes"). */
export function affinity(type: string): 'INTEGER' | 'TEXT' | 'BLOB' | 'REAL' | 'NUMERIC' {
  if (/int/i.test(type)) return 'INTEGER'
  if (/char|clob|text/i.test(type)) return 'TEXT'
  if (type === '' || /blob/i.test(type)) return 'BLOB'
  return /real|floa|doub/i.test(type) ? 'REAL' : 'NUMERIC'
}
