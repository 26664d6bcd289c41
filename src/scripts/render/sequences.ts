import type { SequenceChanges } from '../../operations/operation.ts'
import type { SequenceOwner } from '../../schema/index.ts'
import { sequenceEntries } from './columns.ts'
import { type Entry, type RenderContext, without } from './context.ts'
import { text } from './literals.ts'
import type { PlainKindCode } from './plain-kinds.ts'

export const sequences: PlainKindCode<'sequence'> = {
  word: 'Sequence',
  declaration: 'sequence',
  positions: ({ name }) => [text(name)],
  entries: ({ type, unlogged, ownedBy, comment, ...rest }, context) => [
    ...context.entries({ type }),
    ...sequenceEntries(without(rest, 'kind', 'schema', 'name')),
    ...context.entries({ unlogged }),
    ...ownerEntries(ownedBy, context),
    ...context.entries({ comment }),
  ],
}

function ownerEntries(ownedBy: SequenceOwner | null | undefined, context: RenderContext): Entry[] {
  if (ownedBy === undefined) return []
  if (ownedBy === null) return [['ownedBy', 'null']]
  const { table, column } = ownedBy
  const schema = context.schema(ownedBy.schema)
  const isShort = schema === undefined && ![table, column].some(part => part.includes('.'))
  const owner = isShort ? text(`${table}.${column}`) : context.value({ schema, table, column })
  return [['ownedBy', owner]]
}

/** The changes of `op.alterSequence(…)`, and its `existing`. */
export function sequenceChangesEntries(
  { type, ownedBy, ...numbers }: SequenceChanges,
  context: RenderContext,
): Entry[] {
  return [
    ...context.entries({ type }),
    ...sequenceEntries(numbers),
    ...ownerEntries(ownedBy, context),
  ]
}
