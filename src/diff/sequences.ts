import type { SequenceChanges } from '../operations/operation.ts'
import type { Sequence, SequenceOwner } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { type ElementId, ownerElement } from './elements.ts'
import { isEqual } from './equal.ts'
import type { Fate } from './fates.ts'
import { plainDown, plainUp } from './objects.ts'
import { change, down, holds, type Part, partKey, up } from './part.ts'
import { type Place, placeOf, tablePlace, withinTable } from './place.ts'

/** Brings a sequence; its OWNED BY may have to wait for the column. */
export function sequenceUp(id: ElementId, sequence: Sequence, comparison: Comparison): Part[] {
  const { ownedBy, ...alone } = sequence
  return [
    plainUp(id, alone, comparison),
    ...(ownedBy ? [ownerUp(sequence, comparison, [partKey('up', id)])] : []),
  ]
}

/** Takes a sequence away; where its column goes first, it must not belong to it any more. */
export function sequenceDown(id: ElementId, sequence: Sequence, comparison: Comparison): Part[] {
  const { ownedBy, ...alone } = sequence
  return [
    plainDown(id, alone, comparison),
    ...(ownedBy ? [ownerDown(sequence, comparison, [partKey('down', id)])] : []),
  ]
}

const aspects = ['type', 'start', 'increment', 'minValue', 'maxValue', 'cache', 'cycle'] as const

/** Changes the options of a sequence that stays. */
export function sequenceChange(id: ElementId, current: Sequence, target: Sequence): Part[] {
  const changed = aspects.filter(aspect => !isEqual(current[aspect], target[aspect]))
  if (changed.length === 0) return []
  const pick = (sequence: Sequence): SequenceChanges =>
    Object.fromEntries(changed.map(aspect => [aspect, sequence[aspect] ?? null]))
  return [
    change(id, {
      operation: alter(target, pick(target), pick(current)),
      place: placeOf(target),
      brings: [],
      removes: [],
    }),
  ]
}

/** Changes the owner of a sequence that stays. */
export function ownerParts(
  current: Sequence,
  target: Sequence,
  fate: Fate,
  comparison: Comparison,
): Part[] {
  switch (fate) {
    case 'create':
      return [ownerUp(target, comparison, [])]
    case 'drop':
      return [ownerDown(current, comparison, [])]
    case 'replace':
      return [ownerDown(current, comparison, []), ownerUp(target, comparison, [])]
    case 'change': {
      const element = ownerElement(target)
      return [
        change(element, {
          ...owner(target, current.ownedBy, target.ownedBy),
          needs: comparison.target.needs.of(element),
          uses: comparison.current.needs.of(element),
        }),
      ]
    }
  }
}

function ownerUp(sequence: Sequence, { target }: Comparison, hosts: readonly string[]): Part {
  const element = ownerElement(sequence)
  return up(element, {
    ...owner(sequence, undefined, sequence.ownedBy),
    needs: target.needs.of(element),
    hosts: [...hosts, ...tableHosts('up', sequence)],
  })
}

function ownerDown(sequence: Sequence, { current }: Comparison, hosts: readonly string[]): Part {
  const element = ownerElement(sequence)
  return down(element, {
    ...owner(sequence, sequence.ownedBy, undefined),
    uses: current.needs.of(element),
    hosts: [...hosts, ...tableHosts('down', sequence)],
  })
}

/** Where the sequence cannot say it itself, it is said right after the table or column. */
function tableHosts(motion: 'up' | 'down', { ownedBy }: Sequence): string[] {
  if (!ownedBy) return []
  const table = `${ownedBy.schema ?? ''}.${ownedBy.table}`
  return [partKey(motion, `table:${table}`), partKey(motion, `column:${table}.${ownedBy.column}`)]
}

function owner(
  sequence: Sequence,
  current: SequenceOwner | undefined,
  target: SequenceOwner | undefined,
) {
  return {
    operation: alter(sequence, { ownedBy: target ?? null }, { ownedBy: current ?? null }),
    place: ownerPlace(sequence, target ?? current),
    hold: holds.owner,
  }
}

function ownerPlace(sequence: Sequence, at: SequenceOwner | undefined): Place {
  return [...tablePlace(at?.schema, at?.table ?? ''), withinTable.owner, sequence.name]
}

function alter({ schema, name }: Sequence, changes: SequenceChanges, existing: SequenceChanges) {
  return { kind: 'alterSequence', schema, name, changes, existing } as const
}
