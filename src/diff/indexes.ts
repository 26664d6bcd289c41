import type { Index } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import type { ElementId } from './elements.ts'
import { namesOf } from './names.ts'
import { down, holds, type Part, partKey, up } from './part.ts'
import { placeOf } from './place.ts'

/** Brings an index: right after its table, where that is created too and nothing is in the way. */
export function indexUp(id: ElementId, index: Index, { target }: Comparison): Part {
  return up(id, {
    operation: { kind: 'createIndex', index },
    place: placeOf(index),
    needs: target.needs.touches(id),
    takes: namesOf(index),
    hosts: [partKey('up', tableId(index))],
    hold: holds.index,
  })
}

/** Takes an index away: with its table, where that goes. */
export function indexDown(id: ElementId, index: Index, { current }: Comparison): Part {
  return down(id, {
    operation: {
      kind: 'dropIndex',
      schema: index.schema,
      name: index.name ?? '',
      table: index.table,
      existing: index,
    },
    place: placeOf(index),
    uses: current.needs.touches(id),
    frees: namesOf(index),
    hosts: [partKey('down', tableId(index))],
    hold: holds.index,
  })
}

function tableId({ schema, table }: Index): ElementId {
  return `table:${schema ?? ''}.${table}`
}
