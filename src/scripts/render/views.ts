import { without } from './context.ts'
import { text } from './literals.ts'
import { parameterValues } from './parameters.ts'
import type { PlainKindCode } from './plain-kinds.ts'

export const views: PlainKindCode<'view'> = {
  word: 'View',
  declaration: 'view',
  positions: ({ name, definition }, context) => [text(name), context.sql(definition)],
  entries: (view, context) =>
    context.entries({
      ...without(view, 'kind', 'schema', 'name', 'definition', 'columns'),
      options: parameterValues(view.options),
    }),
}

export const materializedViews: PlainKindCode<'materializedView'> = {
  word: 'MaterializedView',
  declaration: 'materializedView',
  positions: ({ name, definition }, context) => [text(name), context.sql(definition)],
  entries: (view, context) =>
    context.entries({
      ...without(view, 'kind', 'schema', 'name', 'definition'),
      options: parameterValues(view.options),
    }),
}
