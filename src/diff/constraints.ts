import type { Constraint } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { type ElementId, loggingOf } from './elements.ts'
import { checkNames, namesOf } from './names.ts'
import { down, holds, type Part, partKey, up } from './part.ts'
import { tableId } from './partitioned-indexes.ts'
import { keyAsCreated, keyDrop } from './partitioned-keys.ts'
import { placeOf } from './place.ts'

/** Brings a constraint: inside CREATE TABLE, where its table is created too and nothing is in the way. */
export function constraintUp(id: ElementId, constraint: Constraint, comparison: Comparison): Part {
  return up(id, {
    operation: { kind: 'createConstraint', constraint: keyAsCreated(constraint, comparison) },
    place: placeOf(constraint),
    needs: [...comparison.target.needs.touches(id), ...loggingNeeds(constraint)],
    takes: [...namesOf(constraint), ...checkNames(constraint).takes],
    hosts: [partKey('up', tableId(constraint))],
    hold: holdOf(constraint),
  })
}

/** Takes a constraint away: with its table, where that goes. */
export function constraintDown(
  id: ElementId,
  constraint: Constraint,
  comparison: Comparison,
): Part {
  const { existing, isDoneByParent, uses } = keyDrop(id, constraint, comparison)
  return down(id, {
    operation: {
      kind: 'dropConstraint',
      schema: constraint.schema,
      table: constraint.table,
      name: constraint.name ?? '',
      type: constraint.type,
      existing,
      ...(isDoneByParent ? { ifExists: true } : {}),
    },
    place: placeOf(constraint),
    uses: [...uses, ...loggingNeeds(constraint)],
    frees: [...namesOf(constraint), ...checkNames(constraint).frees],
    hosts: [partKey('down', tableId(constraint))],
    hold: holdOf(constraint),
  })
}

/** A foreign key comes when both of its tables are as logged as they will be, and goes before. */
function loggingNeeds(constraint: Constraint): ElementId[] {
  return constraint.type === 'foreignKey' ? loggingOf(constraint) : []
}

function holdOf({ type }: Constraint): number {
  if (type === 'foreignKey') return holds.foreignKey
  return type === 'check' || type === 'exclude' ? holds.check : holds.key
}
