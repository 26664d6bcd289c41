import type { Operation } from '../../../operations/operation.ts'
import type { View } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { quoteList, quoteQualified } from '../quoting.ts'

export const views = {
  createView: operation => [viewDefinition(operation.object, operation.ifNotExists, operation)],

  replaceView: operation => [
    `DROP VIEW IF EXISTS ${quoteQualified(operation.object)}`,
    viewDefinition(operation.object, false, operation),
  ],

  dropView: operation => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    return [words('DROP VIEW', operation.ifExists && 'IF EXISTS', quoteQualified(operation.object))]
  },
} satisfies Partial<CompileTable>

function viewDefinition(
  view: View,
  ifNotExists: boolean | undefined,
  operation: Operation,
): string {
  refuse(operation, view, {
    options: 'options of a view',
    comment: 'comments',
    columnComments: 'comments',
    columnDefaults: 'defaults of the columns of a view',
  })
  const head = words(
    'CREATE VIEW',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(view),
    view.columnNames?.length && `(${quoteList(view.columnNames)})`,
  )
  return `${head} AS\n${view.definition}`
}
