import type { AddColumn } from '../../../operations/operation.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { incomplete, words } from '../../sql-words.ts'
import { mariadbWords, refuse } from '../capabilities.ts'
import { quote } from '../quoting.ts'
import { alterColumn } from './alter-column.ts'
import { columnDefinition } from './column-definition.ts'
import { constraintDefinition } from './constraints.ts'
import { alterTable } from './names.ts'

export const columns = {
  addColumn: (operation, options) => [
    `${alterTable(operation)} ${[
      addedColumn(operation, options),
      ...(operation.constraints ?? []).map(
        constraint => `ADD ${constraintDefinition(constraint, operation)}`,
      ),
    ].join(', ')}`,
  ],

  dropColumn: (operation, options) => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    const ifExists = mariadbWords('IF EXISTS', operation.ifExists, operation, options)
    return [words(alterTable(operation), 'DROP COLUMN', ifExists, quote(operation.column))]
  },

  alterColumn,
} satisfies Partial<CompileTable>

function addedColumn(operation: AddColumn, options: CompileOptions): string {
  const { column, place, ifNotExists } = operation
  if (column.identity?.start !== undefined) {
    refuse(operation, { identity: true }, { identity: 'a first number for a column that is added' })
  }
  if (place && 'before' in place) {
    throw incomplete(
      `A column can be placed behind another in MySQL, not before one: ${operation.table}.${column.name}.`,
      'Name the column that it follows: `after`.',
      { table: operation.table, column: column.name },
    )
  }
  return words(
    'ADD COLUMN',
    mariadbWords('IF NOT EXISTS', ifNotExists, operation, options),
    columnDefinition(column, operation),
    place && `AFTER ${quote(place.after)}`,
  )
}
