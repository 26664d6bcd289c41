import type { Operation } from '../../../operations/operation.ts'
import type { Trigger } from '../../../schema/index.ts'
import type { CompileTable } from '../../dialect.ts'
import { given, keyWord, lines, words } from '../../sql-words.ts'
import { lacks, refuse } from '../capabilities.ts'
import { quote, quoteList, quoteQualified } from '../quoting.ts'

export const triggers = {
  createTrigger: operation => [
    triggerDefinition(operation.object, operation.ifNotExists, operation),
  ],

  dropTrigger: operation => {
    const { object, ifExists } = operation
    refuse(operation, operation, { cascade: 'CASCADE' })
    const name = quoteQualified({ schema: object.schema, name: object.name })
    return [words('DROP TRIGGER', ifExists && 'IF EXISTS', name)]
  },
} satisfies Partial<CompileTable>

/** CREATE TRIGGER; `execute` is its body: `BEGIN …; END`, or the statements between. */
export function triggerDefinition(
  trigger: Trigger,
  ifNotExists: boolean | undefined,
  operation: Operation,
): string {
  refuse(operation, trigger, {
    constraint: 'constraint triggers',
    oldTable: 'transition tables',
    newTable: 'transition tables',
    enabled: 'triggers that can be switched off',
    comment: 'comments',
  })
  const [event, ...more] = trigger.events
  if (event === undefined || more.length > 0 || event === 'truncate') {
    throw lacks(
      operation,
      'triggers on anything but one of INSERT, UPDATE and DELETE',
      'Write one for each.',
    )
  }
  if (trigger.forEach !== 'row') {
    throw lacks(operation, 'triggers for a whole statement', "Say forEach: 'row'.")
  }
  const name = quoteQualified({ schema: trigger.schema, name: trigger.name })
  const columns = trigger.updateOf?.length && `OF ${quoteList(trigger.updateOf)}`
  return lines(
    words('CREATE TRIGGER', ifNotExists && 'IF NOT EXISTS', name),
    words(keyWord(trigger.timing), keyWord(event), columns, `ON ${quote(trigger.table)}`),
    'FOR EACH ROW',
    given(trigger.when, condition => `WHEN ${condition}`),
    body(trigger.execute),
  )
}

function body(text: string): string {
  const statements = text.trim().replace(/(\s*;)+$/, '')
  return /^begin\b/i.test(statements) ? statements : `BEGIN\n  ${statements};\nEND`
}
