import type { TableChanges } from '../operations/operation.ts'
import type { Table } from '../schema/index.ts'
import type { Comparison } from './comparison.ts'
import { waitingDefaults, withoutDefault } from './defaults.ts'
import { columnElement, type ElementId, loggingElement } from './elements.ts'
import { isEqual } from './equal.ts'
import type { TablePair } from './inheritance.ts'
import { loggedFirst } from './logging.ts'
import { namesOf, partitionNames } from './names.ts'
import type { Needs } from './needs.ts'
import { change, down, type Part, partKey, up } from './part.ts'
import { attachedLater, attachParts, detachParts } from './partitions.ts'
import { placeOf } from './place.ts'
import { replicaDown, replicaUp } from './replica-identity.ts'

/** Brings a table with its columns; what may have to wait comes as parts that it takes in again. */
export function tableUp(id: ElementId, table: Table, comparison: Comparison): Part[] {
  const { needs } = comparison.target
  const host = partKey('up', id)
  const guests = waitingDefaults('up', host, table, table.columns, comparison)
  const attaching = attachedLater(table, comparison.target, comparison)
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
  const { needs } = comparison.current
  const host = partKey('down', id)
  const guests = waitingDefaults('down', host, table, table.columns, comparison)
  const attached = attachedLater(table, comparison.current, comparison)
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
export function tableChange(
  id: ElementId,
  { current, target }: TablePair,
  comparison: Comparison,
): Part[] {
  const changes = tableChanges(current, target)
  if (Object.keys(changes).length === 0) return []
  const logging = changes.unlogged === undefined ? [] : [loggingElement(target)]
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
      brings: logging,
      removes: logging,
      needs: logging.length === 0 ? [] : loggedFirst(target, comparison),
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
