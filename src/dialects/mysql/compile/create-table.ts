import type { CreateTable } from '../../../operations/operation.ts'
import type { Column } from '../../../schema/index.ts'
import { block, type Clause, given, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { commentLiteral, quote, quoteQualified } from '../quoting.ts'
import { columnDefinition } from './column-definition.ts'
import { constraintDefinition } from './constraints.ts'
import { tableOptions } from './table-options.ts'

/** CREATE TABLE with everything inside. */
export function createTable(operation: CreateTable): string[] {
  const { table, constraints, ifNotExists } = operation
  refuse(operation, table, {
    unlogged: 'unlogged tables',
    accessMethod: 'table access methods (see the option `engine`)',
    ofType: 'typed tables',
    partitionOf: 'partitions that are tables',
    inherits: 'table inheritance',
    rowSecurity: 'row security',
    replicaIdentity: 'replica identities',
  })
  const entries = [
    ...table.columns.map(column => columnDefinition(column, operation)),
    ...constraints.map(constraint => constraintDefinition(constraint, operation)),
  ]
  return [
    words(
      table.temporary ? 'CREATE TEMPORARY TABLE' : 'CREATE TABLE',
      ifNotExists && 'IF NOT EXISTS',
      quoteQualified(table),
      block(entries),
      ...tableOptions(table.options ?? {}),
      firstNumber(table.columns),
      given(table.tablespace, name => `TABLESPACE ${quote(name)}`),
      given(table.comment, text => `COMMENT=${commentLiteral(text)}`),
      given(table.partitionBy, key => `PARTITION BY ${key}`),
    ),
  ]
}

/** The first number of the one column that counts is the table's. */
function firstNumber(columns: readonly Column[]): Clause {
  const counting = columns.find(column => column.identity?.start !== undefined)
  return counting && `AUTO_INCREMENT=${counting.identity?.start}`
}
