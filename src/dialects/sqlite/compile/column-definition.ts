import type { Operation } from '../../../operations/operation.ts'
import type { Column } from '../../../schema/index.ts'
import { type Clause, given, parenthesized, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { defaultSql } from './defaults.ts'
import { columnType } from './types.ts'

/** What a column's definition depends on beside the column. */
export interface ColumnPlace {
  readonly isStrict?: boolean | undefined
  /** The key that is written here, where the column counts without using a number twice. */
  readonly key?: string | undefined
}

/**
 * A column as CREATE TABLE and ADD COLUMN take it: `email VARCHAR(255) NOT NULL`. Its comment is left
 * out: SQLite keeps none.
 */
export function columnDefinition(
  column: Column,
  operation: Operation,
  { isStrict = false, key }: ColumnPlace = {},
): string {
  refuse(operation, column, {
    storage: 'storage of single columns',
    compression: 'compression of single columns',
    statistics: 'statistics targets',
    notNullConstraint: 'states of a NOT NULL constraint',
    inherited: 'table inheritance',
  })
  return words(
    quote(column.name),
    columnType(column, operation, isStrict),
    given(column.collation, name => `COLLATE ${quote(name)}`),
    given(column.default, value => `DEFAULT ${defaultSql(value)}`),
    column.notNull && 'NOT NULL',
    key,
    generated(column),
  )
}

function generated({ generated: made }: Column): Clause {
  if (!made) return undefined
  const kind = made.stored ? 'STORED' : 'VIRTUAL'
  return `GENERATED ALWAYS AS ${parenthesized(made.expression)} ${kind}`
}
