import type { Operation } from '../../../operations/operation.ts'
import type { Trigger } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { keyWord, lines, words } from '../../sql-words.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quoteQualified } from '../quoting.ts'
import { tableName } from './names.ts'

export const triggers = {
  createTrigger: operation => [
    trigger(operation.ifNotExists && 'IF NOT EXISTS', operation.object, operation),
  ],

  dropTrigger: operation => {
    const { object, ifExists } = operation
    refuse(operation, operation, { cascade: 'CASCADE' })
    return [words('DROP TRIGGER', ifExists && 'IF EXISTS', quoteQualified(object))]
  },
} satisfies Partial<CompileTable>

/** A trigger whose `execute` is its body: a statement, or `BEGIN … END`. */
function trigger(
  ifNotExists: string | false | undefined,
  object: Trigger,
  operation: Operation,
): string {
  refuse(operation, object, {
    updateOf: 'triggers on single columns',
    when: 'conditions of a trigger (put an IF into its body)',
    constraint: 'constraint triggers',
    oldTable: 'transition tables',
    newTable: 'transition tables',
    enabled: 'triggers that can be switched off',
    comment: 'comments on triggers',
  })
  const [event, ...more] = object.events
  if (event === undefined || more.length > 0 || event === 'truncate') {
    throw lacks(
      operation,
      'triggers on anything but one of INSERT, UPDATE and DELETE',
      'Write one for each.',
    )
  }
  if (object.forEach !== 'row' || object.timing === 'instead of') {
    throw lacks(operation, 'triggers but BEFORE and AFTER, FOR EACH ROW', 'Write one of those.')
  }
  const name = quoteQualified({ schema: object.schema, name: object.name })
  return lines(
    words('CREATE TRIGGER', ifNotExists, name),
    `${keyWord(object.timing)} ${keyWord(event)} ON ${tableName(object)}`,
    'FOR EACH ROW',
    object.execute.trim().replace(/(\s*;)+$/, ''),
  )
}
