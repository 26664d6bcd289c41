import type { Index } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { namesOf } from './names.ts'
import { down, holds, type Part, partKey, up } from './part.ts'
import { familyMove, tableId } from './partitioned-indexes.ts'
import { placeOf } from './place.ts'

/** Brings an index: right after its table, where that is created too and nothing is in the way. */
export function indexUp(id: ElementId, index: Index, comparison: Comparison): Part {
  const move = familyMove(id, index, comparison.target, comparison)
  return up(id, {
    operation: {
      kind: 'createIndex',
      index: move.index,
      ...(move.isDoneByParent ? { ifNotExists: true } : {}),
    },
    place: placeOf(index),
    needs: move.needs,
    takes: namesOf(index),
    hosts: [partKey('up', tableId(index))],
    hold: move.isDoneByParent ? holds.attachedIndex : holds.index,
  })
}

/** Takes an index away: with its table, where that goes. */
export function indexDown(id: ElementId, index: Index, comparison: Comparison): Part {
  const move = familyMove(id, index, comparison.current, comparison)
  return down(id, {
    operation: {
      kind: 'dropIndex',
      schema: index.schema,
      name: index.name ?? '',
      table: index.table,
      existing: move.index,
      ...(move.isDoneByParent ? { ifExists: true } : {}),
    },
    place: placeOf(index),
    uses: move.needs,
    frees: namesOf(index),
    hosts: [partKey('down', tableId(index))],
    hold: move.isDoneByParent ? holds.attachedIndex : holds.index,
  })
}
