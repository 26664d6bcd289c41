import type { TriggerConstraint } from '../../schema/index.ts'
import type { Entry, RenderContext } from './context.ts'
import { object } from './layout.ts'
import { text } from './literals.ts'
import { onTable, type PlainKindCode } from './plain-kinds.ts'

export const triggers: PlainKindCode<'trigger'> = {
  word: 'Trigger',
  declaration: 'trigger',
  identity: onTable,
  positions: onTable,
  entries: ({ timing, events, updateOf, forEach, when, execute, ...rest }, context) => [
    ...context.entries({ timing, events, updateOf, forEach }),
    ...context.sqlEntry('when', when),
    ...context.entries({ execute }),
    ...constraintEntries(rest.constraint, context),
    ...context.entries({
      oldTable: rest.oldTable,
      newTable: rest.newTable,
      enabled: rest.enabled,
      comment: rest.comment,
    }),
  ],
  declarationEntries: ({ inherited }, context) => context.entries({ inherited }),
}

function constraintEntries(
  constraint: TriggerConstraint | undefined,
  context: RenderContext,
): Entry[] {
  if (constraint === undefined) return []
  const { from, ...states } = constraint
  const name = from && { schema: context.schema(from.schema), name: from.name }
  return [['constraint', object(context.entries({ from: name, ...states }))]]
}

export const rules: PlainKindCode<'rule'> = {
  word: 'Rule',
  declaration: 'rule',
  identity: onTable,
  positions: (rule, context) => [...onTable(rule), context.sql(rule.definition)],
  entries: ({ enabled, comment }, context) => context.entries({ enabled, comment }),
}

export const eventTriggers: PlainKindCode<'eventTrigger'> = {
  word: 'EventTrigger',
  declaration: 'eventTrigger',
  positions: ({ name }) => [text(name)],
  entries: ({ event, tags, execute, enabled, comment }, context) =>
    context.entries({ event, tags, execute, enabled, comment }),
}
