import type { Operation } from '../../../operations/operation.ts'
import { parseTypeName, serialBase } from '../../../operations/type-names.ts'
import type { Column } from '../../../schema/index.ts'
import { isPostgresqlType } from '../../postgresql-types.ts'
import { incomplete } from '../../sql-words.ts'
import { lacks } from '../capabilities.ts'
import { valueLiteral } from '../quoting.ts'

/**
 * The builders' words in MySQL's. A `timestamp` has no zone and is a DATETIME; a `timestamptz` is an
 * instant and a TIMESTAMP, which ends in 2038 on most servers.
 */
const spellings: Readonly<Record<string, string>> = {
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  numeric: 'NUMERIC',
  real: 'FLOAT',
  'double precision': 'DOUBLE',
  boolean: 'BOOL',
  varchar: 'VARCHAR',
  char: 'CHAR',
  text: 'TEXT',
  bytea: 'BLOB',
  bit: 'BIT',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'DATETIME',
  timestamptz: 'TIMESTAMP',
  json: 'JSON',
  jsonb: 'JSON',
  uuid: 'CHAR(36)',
}

/** A column's type in MySQL's words; what is no builder's word stays as it was written. */
export function columnType(
  { name, type, enumValues }: Pick<Column, 'name' | 'type' | 'enumValues'>,
  operation: Operation,
): string {
  if (type.endsWith(']')) {
    throw lacks(operation, 'arrays', 'Keep the values in a table of their own, or in a json().')
  }
  if (enumValues?.length === 0)
    throw incomplete(
      `The column ${name} has an enum without values, which MySQL does not have.`,
      'Give it at least one value.',
      { column: name, type },
    )
  if (enumValues) return `ENUM(${enumValues.map(valueLiteral).join(', ')})`
  const { base, arguments: sizes } = parseTypeName(serialBase(type) ?? type)
  if (isPostgresqlType(base)) {
    throw lacks(operation, `the type ${base}`, "Write one that it has: type('varchar(64)').")
  }
  if (base === 'varchar' && sizes.length === 0) throw unmeasured(name, operation)
  const spelling = spellings[base]
  if (spelling === undefined) return type
  return sizes.length === 0 ? spelling : `${spelling}(${sizes.join(', ')})`
}

function unmeasured(column: string, operation: Operation) {
  return incomplete(
    `The varchar of column ${column} has no length, and MySQL needs one.`,
    'Write varchar(255), or text().',
    { column, operation: operation.kind },
  )
}

/** Whether a type, spelled for MySQL, is a TIMESTAMP: NOT NULL on older servers unless it is said to be NULL. */
export function isTimestamp(type: string): boolean {
  return /^timestamp\b/i.test(type)
}

/** Whether a type, spelled for MySQL, takes a default only as an expression. */
export function isLarge(type: string): boolean {
  return /^((tiny|medium|long)?(text|blob)|json|geometry|point|linestring|polygon)\b/i.test(type)
}
