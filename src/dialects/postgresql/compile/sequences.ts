import type { AlterSequence } from '../../../operations/operation.ts'
import type { Sequence, SequenceOwner } from '../../../schema/index.ts'
import type { CompileOptions, CompileTable } from '../../dialect.ts'
import { requireFeature } from '../capabilities.ts'
import { quoteQualified, stringLiteral } from '../quoting.ts'
import { dropObject, ownComment } from './objects.ts'
import { sequenceChanges, sequenceOptions } from './sequence-options.ts'
import { given, words } from './sql.ts'
import { columnName } from './table-names.ts'

export const sequences = {
  createSequence: ({ object, ifNotExists }, options) => [
    createSequence(object, ifNotExists, options),
    ...ownComment(object),
  ],

  dropSequence: dropObject('sequence'),

  alterSequence,
} satisfies Partial<CompileTable>

function createSequence(
  sequence: Sequence,
  ifNotExists: boolean | undefined,
  options: CompileOptions,
): string {
  if (sequence.unlogged) requireFeature('unloggedSequences', options)
  return words(
    sequence.unlogged ? 'CREATE UNLOGGED SEQUENCE' : 'CREATE SEQUENCE',
    ifNotExists && 'IF NOT EXISTS',
    quoteQualified(sequence),
    given(sequence.type, type => `AS ${type}`),
    ...sequenceOptions(sequence),
    given(sequence.ownedBy, ownedBy),
  )
}

function alterSequence(operation: AlterSequence): string[] {
  const { type, ownedBy: owner } = operation.changes
  const changes = words(
    type !== undefined && `AS ${type ?? 'bigint'}`,
    ...sequenceChanges(operation.changes),
    owner !== undefined && ownedBy(owner),
  )
  if (changes === '') return []
  return [...movedOn(operation), `ALTER SEQUENCE ${quoteQualified(operation)} ${changes}`]
}

/**
 * A sequence that has not come to its new least value yet is moved on to it: the server refuses bounds
 * that its position is outside of.
 */
function movedOn(operation: AlterSequence): string[] {
  const { minValue: least, start } = operation.changes
  if (least == null || least <= (operation.existing?.minValue ?? 1n)) return []
  const name = quoteQualified(operation)
  const position = start == null ? least : `CASE WHEN is_called THEN ${least} ELSE ${start} END`
  return [
    `SELECT setval(${stringLiteral(name)}, ${position}, false) FROM ${name} WHERE last_value < ${least}`,
  ]
}

function ownedBy(owner: SequenceOwner | null): string {
  return `OWNED BY ${owner === null ? 'NONE' : columnName(owner, owner.column)}`
}
