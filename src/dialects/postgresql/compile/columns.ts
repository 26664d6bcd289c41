import type { CompileTable } from '../../dialect.ts'
import { quote } from '../quoting.ts'
import { alterColumn } from './alter-column.ts'
import { afterColumn, columnDefinition } from './column-definition.ts'
import { words } from './sql.ts'
import { alterTable } from './table-names.ts'

export const columns = {
  addColumn: (operation, options) => [
    words(
      alterTable(operation),
      'ADD COLUMN',
      operation.ifNotExists && 'IF NOT EXISTS',
      columnDefinition(operation, operation.column, options),
    ),
    ...afterColumn(operation, operation.column, options),
  ],

  dropColumn: operation => [
    words(
      alterTable(operation),
      'DROP COLUMN',
      operation.ifExists && 'IF EXISTS',
      quote(operation.column),
      operation.cascade && 'CASCADE',
    ),
  ],

  alterColumn,
} satisfies Partial<CompileTable>
