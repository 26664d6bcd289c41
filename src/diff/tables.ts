import type { TableChanges } from '../operations/operation.ts'
import type { PartitionOf, QualifiedName, ReplicaIdentity, Table } from '../schema/index.ts'
import { waitingDefaults, withoutDefault } from './columns.ts'
import type { Comparison } from './comparison.ts'
import { columnElement, type ElementId, partitionElement, replicaElement } from './elements.ts'
import { isEqual } from './equal.ts'
import type { Fate } from './fates.ts'
import { parentIds, type TablePair } from './inheritance.ts'
import { namesOf, partitionNames } from './names.ts'
import type { Needs } from './needs.ts'
import { change, down, holds, type Part, partKey, up } from './part.ts'
import { isMoving, tableId } from './partitioned-indexes.ts'
import { type Place, placeOf, tablePlace, withinTable } from './place.ts'
import type { Side } from './rebuild.ts'

/** Brings a table with its columns; what may have to wait comes as parts that it takes in again. */
export function tableUp(id: ElementId, table: Table, comparison: Comparison): Part[] {
  const { schema, needs } = comparison.target
  const host = partKey('up', id)
  const guests = waitingDefaults(table, table.columns, schema, 'up', host, comparison)
  const attaching = attachedLater(id, table, comparison.target, comparison)
  const written = withoutGuests(attaching ? { ...table, partitionOf: undefined } : table, guests)
  return [
    up(id, {
      operation: { kind: 'createTable', table: written, constraints: [] },
      place: placeOf(table),
      brings: [id, ...columnElements(table)],
      needs: tableNeeds(id, table, needs),
      takes: [...namesOf(table), ...partitionNames(table).takes],
    }),
    ...guests,
    ...(attaching ? attachParts(table, attaching) : []),
    ...replicaUp(table, comparison, host),
  ]
}

/** Takes a table away with its columns. */
export function tableDown(id: ElementId, table: Table, comparison: Comparison): Part[] {
  const { schema, needs } = comparison.current
  const host = partKey('down', id)
  const guests = waitingDefaults(table, table.columns, schema, 'down', host, comparison)
  const attached = attachedLater(id, table, comparison.current, comparison)
  const existing = withoutGuests(attached ? { ...table, partitionOf: undefined } : table, guests)
  return [
    down(id, {
      operation: {
        kind: 'dropTable',
        schema: table.schema,
        name: table.name,
        existing: { table: existing, constraints: [], indexes: [] },
      },
      place: placeOf(table),
      removes: [id, ...columnElements(table)],
      uses: tableNeeds(id, table, needs),
      frees: [...namesOf(table), ...partitionNames(table).frees],
    }),
    ...guests,
    ...(attached ? detachParts(table, attached) : []),
    ...replicaDown(table, comparison, host),
  ]
}

/** Changes what a table itself says: its columns and what hangs on an index have parts of their own. */
export function tableChange(id: ElementId, { current, target }: TablePair): Part[] {
  const changes = tableChanges(current, target)
  if (Object.keys(changes).length === 0) return []
  return [
    change(id, {
      operation: {
        kind: 'alterTable',
        schema: target.schema,
        table: target.name,
        changes,
        existing: tableChanges(target, current),
      },
      place: placeOf(target),
      brings: [],
      removes: [],
    }),
  ]
}

function tableChanges(current: Table, target: Table): TableChanges {
  const differs = (key: keyof Table) => !isEqual(current[key], target[key])
  return {
    ...(differs('comment') && { comment: target.comment ?? null }),
    ...(differs('unlogged') && { unlogged: target.unlogged ?? false }),
    ...(differs('options') && { options: optionChanges(current.options, target.options) }),
    ...(differs('rowSecurity') && {
      rowSecurity: target.rowSecurity ?? { enabled: false, forced: false },
    }),
    ...(differs('tablespace') && { tablespace: target.tablespace ?? null }),
  }
}

type Options = NonNullable<Table['options']>

function optionChanges(current: Options = {}, target: Options = {}): Record<string, string | null> {
  const names = new Set([...Object.keys(target), ...Object.keys(current)])
  return Object.fromEntries(
    [...names]
      .filter(name => current[name] !== target[name])
      .map(name => [name, target[name] ?? null]),
  )
}

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

function replicaUp(table: Table, { target }: Comparison, host?: string): Part[] {
  if (typeof table.replicaIdentity !== 'object') return []
  const element = replicaElement(table)
  const part = replicaPart(table, undefined, table.replicaIdentity)
  return [up(element, { ...part, needs: target.needs.of(element), hosts: host ? [host] : [] })]
}

function replicaDown(table: Table, { current }: Comparison, host?: string): Part[] {
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
  } as const
}

/** A table that stays and leaves its parent, gets one, or has other bounds. */
export function partitionParts({ current, target }: TablePair, comparison: Comparison): Part[] {
  const element = partitionElement(target)
  return [
    ...detachParts(current, comparison.current.needs.touches(element)),
    ...attachParts(target, comparison.target.needs.touches(element)),
  ]
}

function attachParts(table: Table, needs: Iterable<ElementId>): Part[] {
  if (!table.partitionOf) return []
  const operation = {
    kind: 'attachPartition',
    ...partitionOperation(table, table.partitionOf),
  } as const
  const { takes } = partitionNames(table)
  return [up(partitionElement(table), { operation, place: lastPlace(table), needs, takes })]
}

function detachParts(table: Table, uses: Iterable<ElementId>): Part[] {
  if (!table.partitionOf) return []
  const operation = {
    kind: 'detachPartition',
    ...partitionOperation(table, table.partitionOf),
  } as const
  const { frees } = partitionNames(table)
  return [down(partitionElement(table), { operation, place: lastPlace(table), uses, frees })]
}

function partitionOperation({ schema, name }: Table, { parent, bounds }: PartitionOf) {
  return { schema: parent.schema, table: parent.name, partition: { schema, name }, bounds }
}

function lastPlace({ schema, name }: QualifiedName): Place {
  return [...tablePlace(schema, name), withinTable.last]
}

/**
 * What a new partition has to have before it is attached to a parent that stays, so that the parent
 * takes its indexes in instead of making others; undefined where it can be attached at once.
 */
function attachedLater(
  id: ElementId,
  table: Table,
  { schema, needs }: Side,
  { fates }: Comparison,
): ElementId[] | undefined {
  const moves = isMoving(fates)
  if (!table.partitionOf || parentIds(table).some(moves)) return undefined
  const indexes = needs.dependents(id).filter(element => {
    const object = schema.objects.get(element)
    return object?.kind === 'index' && tableId(object) === id && object.attachedTo
  })
  return indexes.length > 0
    ? [id, ...indexes, ...needs.touches(partitionElement(table))]
    : undefined
}

function columnElements(table: Table): ElementId[] {
  return table.columns.map(column => columnElement(table, column.name))
}

/** What a table needs, its columns' types and generation expressions included. */
function tableNeeds(id: ElementId, table: Table, needs: Needs): Set<ElementId> {
  const own = new Set([id, ...columnElements(table)])
  const all = [id, ...columnElements(table)].flatMap(element => [...needs.touches(element)])
  return new Set(all.filter(need => !own.has(need)))
}

/** The table without what comes separately: defaults that wait, and an index it does not have yet. */
function withoutGuests(table: Table, guests: readonly Part[]): Table {
  const waiting = new Set(
    guests.map(({ operation }) => (operation.kind === 'alterColumn' ? operation.column : '')),
  )
  const columns = table.columns.map(column =>
    waiting.has(column.name) ? withoutDefault(column) : column,
  )
  if (typeof table.replicaIdentity !== 'object') return { ...table, columns }
  return { ...table, columns, replicaIdentity: undefined }
}
