import { onTable, type PlainKindCode } from './plain-kinds.ts'

export const policies: PlainKindCode<'policy'> = {
  word: 'Policy',
  declaration: 'policy',
  identity: onTable,
  positions: onTable,
  entries: ({ restrictive, command, roles, using, withCheck, comment }, context) => [
    ...context.entries({ restrictive, command, roles }),
    ...context.sqlEntry('using', using),
    ...context.sqlEntry('withCheck', withCheck),
    ...context.entries({ comment }),
  ],
}
