import type { ReplicaIdentity, Table } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { replicaElement } from './elements.ts'
import type { Fate } from './fates.ts'
import type { TablePair } from './inheritance.ts'
import { replicaNames } from './names.ts'
import { change, down, holds, type Part, up } from './part.ts'
import { lastPlace } from './place.ts'

/** Which rows tell an update to a replica, on a table that stays. */
export function replicaParts(
  { current, target }: TablePair,
  fate: Fate,
  comparison: Comparison,
): Part[] {
  if (fate === 'replace') {
    return [...replicaDown(current, comparison), ...replicaUp(target, comparison)]
  }
  const element = replicaElement(target)
  const part = replicaPart(target, current.replicaIdentity, target.replicaIdentity)
  const needs = comparison.target.needs.of(element)
  const uses = comparison.current.needs.of(element)
  if (fate === 'create') return [up(element, { ...part, needs })]
  return [
    fate === 'drop' ? down(element, { ...part, uses }) : change(element, { ...part, needs, uses }),
  ]
}

/** Names the index that a table is known by, once that is there. */
export function replicaUp(table: Table, { target }: Comparison, host?: string): Part[] {
  if (typeof table.replicaIdentity !== 'object') return []
  const element = replicaElement(table)
  const part = replicaPart(table, undefined, table.replicaIdentity)
  return [up(element, { ...part, needs: target.needs.of(element), hosts: host ? [host] : [] })]
}

/** Takes that back while the index is there. */
export function replicaDown(table: Table, { current }: Comparison, host?: string): Part[] {
  if (typeof table.replicaIdentity !== 'object') return []
  const element = replicaElement(table)
  const part = replicaPart(table, table.replicaIdentity, undefined)
  return [down(element, { ...part, uses: current.needs.of(element), hosts: host ? [host] : [] })]
}

function replicaPart(
  { schema, name }: Table,
  current: ReplicaIdentity | undefined,
  target: ReplicaIdentity | undefined,
) {
  return {
    operation: {
      kind: 'alterTable',
      schema,
      table: name,
      changes: { replicaIdentity: target ?? 'default' },
      existing: { replicaIdentity: current ?? 'default' },
    },
    place: lastPlace({ schema, name }),
    hold: holds.replica,
    ...replicaNames({ schema, name }, current, target),
  } as const
}
