import { signatureOf } from '../../declarations/signature.ts'
import type { Aggregate, Routine } from '../../schema/index.ts'
import { without } from './context.ts'
import { text } from './literals.ts'
import type { PlainKindCode } from './plain-kinds.ts'

export const routines: PlainKindCode<'routine'> = {
  word: type => (type === 'procedure' ? 'Procedure' : 'Function'),
  declaration: 'routine',
  positions: ({ name }) => [text(name)],
  entries: (routine, context) => {
    const { returns, language, body, sqlBody } = routine
    const place = ['kind', 'schema', 'name', 'type', 'signature', 'arguments'] as const
    return [
      ...context.entries({ ...argumentFields(routine), returns, language }),
      ...context.entries(without(routine, ...place, 'returns', 'language', 'body', 'sqlBody')),
      ...context.entries({ body }),
      ...context.sqlEntry('sqlBody', sqlBody),
    ]
  },
  declarationEntries: ({ type }, context) =>
    context.entries({ type: type === 'function' ? undefined : type }),
}

export const aggregates: PlainKindCode<'aggregate'> = {
  word: 'Aggregate',
  declaration: 'aggregate',
  positions: ({ name }) => [text(name)],
  entries: (aggregate, context) => {
    const { options, comment } = aggregate
    const list = { ...argumentFields(aggregate), arguments: aggregate.arguments }
    return context.entries({ ...list, options, comment })
  },
}

/** The arguments, and what identifies the routine where that is not to be read from them. */
function argumentFields({ arguments: list, signature }: Routine | Aggregate) {
  return {
    arguments: list === '' ? undefined : list,
    signature: signature === signatureOf(list) ? undefined : signature,
  }
}
