import type { Operation } from '../../../operations/operation.ts'
import type { View } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { given, keyWord, words } from '../../sql-words.ts'
import { refuse } from '../capabilities.ts'
import { quoteList, quoteQualified } from '../quoting.ts'

export const views = {
  createView: operation => [
    viewDefinition('CREATE', operation.ifNotExists && 'IF NOT EXISTS', operation.object, operation),
  ],

  replaceView: operation => [
    viewDefinition('CREATE OR REPLACE', false, operation.object, operation),
  ],

  dropView: operation => {
    refuse(operation, operation, { cascade: 'CASCADE' })
    return [words('DROP VIEW', operation.ifExists && 'IF EXISTS', quoteQualified(operation.object))]
  },
} satisfies Partial<CompileTable>

/** Options: `algorithm`, `sql_security`, `check_option`. */
function viewDefinition(
  verb: string,
  ifNotExists: string | false | undefined,
  view: View,
  operation: Operation,
): string {
  refuse(operation, view, {
    comment: 'comments on views',
    columnComments: 'comments on views',
    columnDefaults: 'defaults of the columns of a view',
  })
  const { algorithm, sql_security: security, check_option: check, ...others } = view.options ?? {}
  refuse(operation, { options: Object.keys(others) }, { options: 'these options of a view' })
  const head = words(
    verb,
    given(algorithm, name => `ALGORITHM=${keyWord(name)}`),
    given(security, whose => `SQL SECURITY ${keyWord(whose)}`),
    'VIEW',
    ifNotExists,
    quoteQualified(view),
    view.columnNames?.length && `(${quoteList(view.columnNames)})`,
  )
  const tail = check === undefined ? '' : `\nWITH ${keyWord(check)} CHECK OPTION`
  return `${head} AS\n${view.definition}${tail}`
}
