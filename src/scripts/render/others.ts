import type { Statistics } from '../../schema/index.ts'
import { columnOrSql } from './constraints.ts'
import type { Entry, RenderContext } from './context.ts'
import { array } from './layout.ts'
import { text } from './literals.ts'
import { parameterValues } from './parameters.ts'
import type { PlainKindCode } from './plain-kinds.ts'

export const schemas: PlainKindCode<'schema'> = {
  word: 'Schema',
  declaration: 'schema',
  positions: ({ name }) => [text(name)],
  entries: ({ comment }, context) => context.entries({ comment }),
}

export const extensions: PlainKindCode<'extension'> = {
  word: 'Extension',
  declaration: 'extension',
  positions: ({ name }) => [text(name)],
  entries: ({ version, comment }, context) => context.entries({ version, comment }),
}

export const publications: PlainKindCode<'publication'> = {
  word: 'Publication',
  declaration: 'publication',
  positions: ({ name }) => [text(name)],
  entries: ({ objects, options, comment }, context) =>
    context.entries({ objects, options: parameterValues(options), comment }),
}

export const statistics: PlainKindCode<'statistics'> = {
  word: 'Statistics',
  declaration: 'statistics',
  positions: ({ name, table }, context) => [text(name), context.name(table)],
  entries: (statistics, context) => [
    ...context.entries({ kinds: statistics.kinds.length === 0 ? undefined : statistics.kinds }),
    elementsEntry(statistics, context),
    ...context.entries({ target: statistics.target, comment: statistics.comment }),
  ],
}

function elementsEntry({ expressions }: Statistics, context: RenderContext): Entry {
  return ['on', array(expressions.map(expression => columnOrSql(expression, context)))]
}

export const verbatimObjects: PlainKindCode<'verbatim'> = {
  word: 'Verbatim',
  declaration: 'verbatim',
  identity: ({ name, type = '' }) => [text(type), text(name)],
  positions: ({ type, identity, statements }, context) => {
    const texts = statements.map(statement => context.sql(statement))
    return [text(type), text(identity), texts.length === 1 ? texts[0]! : array(texts)]
  },
  entries: ({ cascade, comment }, context) => context.entries({ cascade, comment }),
}
