import type { Operation } from '../../../operations/operation.ts'
import { serialBase } from '../../../operations/type-names.ts'
import type { Column } from '../../../schema/index.ts'
import { type Clause, given, parenthesized, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { commentLiteral, quote } from '../quoting.ts'
import { defaultSql } from './defaults.ts'
import { columnType, isTimestamp } from './types.ts'

/** A column as CREATE TABLE, ADD COLUMN, MODIFY and CHANGE take it: `email VARCHAR(255) NOT NULL`. */
export function columnDefinition(
  column: Column,
  operation: Operation,
  { nullIsSaid = false }: { readonly nullIsSaid?: boolean } = {},
): string {
  refuse(operation, column, {
    storage: 'storage of single columns',
    compression: 'compression of single columns',
    statistics: 'statistics targets',
    notNullConstraint: 'named NOT NULL constraints',
    inherited: 'table inheritance',
  })
  const type = columnType(column, operation)
  const isNullSaid = nullIsSaid || isTimestamp(type)
  return words(
    quote(column.name),
    type,
    given(column.collation, name => `COLLATE ${quote(name)}`),
    given(column.generated, ({ expression, stored }) =>
      words(`GENERATED ALWAYS AS ${parenthesized(expression)}`, stored ? 'STORED' : 'VIRTUAL'),
    ),
    column.notNull ? 'NOT NULL' : isNullSaid && !column.generated && 'NULL',
    numbering(column, operation),
    given(column.default, value => `DEFAULT ${defaultSql(value, type)}`),
    given(column.comment, text => `COMMENT ${commentLiteral(text)}`),
  )
}

function numbering({ type, identity }: Column, operation: Operation): Clause {
  if (identity) {
    refuse(operation, identity, {
      always: 'identities that refuse a value of the script',
      increment: 'an increment of its own for each identity',
      minValue: 'bounds of an identity',
      maxValue: 'bounds of an identity',
      cache: 'a cache for each identity',
      cycle: 'identities that begin again',
      sequenceName: 'sequences behind an identity',
      unlogged: 'sequences behind an identity',
    })
  }
  return (identity || serialBase(type) !== undefined) && 'AUTO_INCREMENT'
}
