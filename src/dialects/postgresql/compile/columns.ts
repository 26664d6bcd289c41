import type { CompileTable } from '../../dialect.ts'
import { refuseFacets } from '../../unsupported.ts'
import { quote } from '../quoting.ts'
import { alterColumn } from './alter-column.ts'
import { afterColumn, columnDefinition } from './column-definition.ts'
import { afterConstraint, constraintDefinition } from './constraints.ts'
import { words } from './sql.ts'
import { alterTable } from './table-names.ts'

export const columns = {
  addColumn: (operation, options) => {
    const { column, constraints = [], ifNotExists } = operation
    refuseFacets('PostgreSQL', operation, operation, { place: 'places for a new column' })
    const added = columnDefinition(operation, column, options)
    return [
      [
        words(alterTable(operation), 'ADD COLUMN', ifNotExists && 'IF NOT EXISTS', added),
        ...constraints.map(constraint => `ADD ${constraintDefinition(constraint, options)}`),
      ].join(', '),
      ...constraints.flatMap(afterConstraint),
      ...afterColumn(operation, column, options),
    ]
  },

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
