import { parseTypeName } from '../operations/type-names.ts'
import type { Column, DatabaseSchema, Table } from '../schema/index.ts'
import { columnChanges, ownColumnChanges } from './column-changes.ts'
import type { Comparison } from './comparison.ts'
import { waitingDefaults, withoutDefault } from './defaults.ts'
import { columnElement, type ElementId, onTable } from './elements.ts'
import { columnFamily } from './heirs.ts'
import { asPassed, columnOf, columnPairs, parentPairs, type TablePair } from './inheritance.ts'
import { columnNames, nullableNames, sequenceNames } from './names.ts'
import { change, down, type Part, partKey, up } from './part.ts'
import { columnPlace } from './place.ts'
import { typeId } from './type-ids.ts'

/** A column that comes, and its default where that may have to wait. */
export function columnUp(table: Table, column: Column, comparison: Comparison): Part[] {
  const element = columnElement(table, column.name)
  const host = partKey('up', element)
  const guests = waitingDefaults('up', host, table, [column], comparison)
  const written = guests.length > 0 ? withoutDefault(column) : column
  return [
    up(element, {
      operation: { kind: 'addColumn', ...onTable(table), column: written },
      place: columnPlace(table, column.name),
      brings: columnFamily(table, column.name, [comparison.target]),
      needs: comparison.target.needs.touches(element),
      takes: columnNames(table, column).takes,
    }),
    ...guests,
  ]
}

/** A column that goes, and its default where others have to wait for that. */
export function columnDown(table: Table, column: Column, comparison: Comparison): Part[] {
  const element = columnElement(table, column.name)
  const host = partKey('down', element)
  const guests = waitingDefaults('down', host, table, [column], comparison)
  const existing = guests.length > 0 ? withoutDefault(column) : column
  return [
    down(element, {
      operation: { kind: 'dropColumn', ...onTable(table), column: column.name, existing },
      place: columnPlace(table, column.name),
      removes: columnFamily(table, column.name, [comparison.current]),
      uses: comparison.current.needs.touches(element),
      frees: columnNames(table, column).frees,
    }),
    ...guests,
  ]
}

/** A column of a table on both sides that becomes another in place. */
export function columnChange(pair: TablePair, name: string, comparison: Comparison): Part[] {
  const { current, target } = comparison
  const parents = columnPairs(parentPairs(current.schema, target.schema, pair), name)
  const own = { current: columnOf(pair.current, name), target: columnOf(pair.target, name) }
  const before = own.current ?? asPassed(own.target, parents.find(one => one.target)?.target)
  const after = own.target ?? asPassed(own.current, parents.find(one => one.current)?.current)
  if (!before || !after) return []
  const isPassed = !own.current || !own.target
  const element = columnElement(pair.target, name)
  const family = columnFamily(pair.target, name, [current, target])
  const itself = isPassed ? [element] : []
  const nullable = nullableNames(pair.target, before, after)
  return [
    change(element, {
      operation: {
        kind: 'alterColumn',
        ...onTable(pair.target),
        column: name,
        changes: isPassed ? columnChanges(before, after) : ownColumnChanges(before, after, parents),
        ...(isPassed && { existing: before }),
      },
      place: columnPlace(pair.target, name),
      brings: family,
      removes: family,
      needs: [
        ...(own.current ? [] : itself),
        ...target.needs.touches(element),
        ...parentColumns(pair, name, comparison, false),
      ],
      uses: [
        ...(own.target ? [] : itself),
        ...current.needs.touches(element),
        ...parentColumns(pair, name, comparison, true),
      ],
      takes: [...(before.identity ? [] : sequenceNames(pair.target, after)), ...nullable.takes],
      frees: [...(after.identity ? [] : sequenceNames(pair.current, before)), ...nullable.frees],
    }),
  ]
}

/**
 * The parents' columns that get NOT NULL, and so come after it, or lose it, and so come before: both
 * reach the column as well, which may have one of its own.
 */
function parentColumns(
  pair: TablePair,
  name: string,
  { current, target }: Comparison,
  notNull: boolean,
): ElementId[] {
  return parentPairs(current.schema, target.schema, pair).flatMap(parent => {
    const [before, after] = [columnOf(parent.current, name), columnOf(parent.target, name)]
    const changes = before && after && before.notNull !== after.notNull
    return changes && after.notNull === notNull ? [columnElement(parent.target, name)] : []
  })
}

/**
 * A column whose type is dropped and made anew. Its values wait in the type below: a domain's own, or
 * text. A generated column has no values to save.
 */
export function columnReplace(pair: TablePair, name: string, comparison: Comparison): Part[] {
  const { current, target } = comparison
  const [before, after] = [columnOf(pair.current, name), columnOf(pair.target, name)]
  if (!before || !after) return []
  if (before.generated || after.generated) {
    return [
      ...columnDown(pair.current, before, comparison),
      ...columnUp(pair.target, after, comparison),
    ]
  }
  const element = columnElement(pair.target, name)
  const waiting = {
    ...before,
    type: waitingType(current.schema, before.type),
    collation: undefined,
  }
  const alter = { kind: 'alterColumn', ...onTable(pair.target), column: name } as const
  const family = columnFamily(pair.target, name, [current, target])
  const place = columnPlace(pair.target, name)
  return [
    down(element, {
      operation: { ...alter, changes: ownColumnChanges(before, waiting, []) },
      place,
      removes: family,
      uses: current.needs.touches(element),
    }),
    up(element, {
      operation: {
        ...alter,
        changes: ownColumnChanges(waiting, after, []),
      },
      place,
      brings: family,
      needs: target.needs.touches(element),
    }),
  ]
}

function waitingType(schema: DatabaseSchema, type: string): string {
  const { base, array } = parseTypeName(type)
  const object = schema.objects.get(typeId(schema, type) ?? '')
  if (object?.kind === 'domain') return waitingType(schema, `${object.type}${array}`)
  const isUsers = object !== undefined || base.includes('.')
  return isUsers ? `text${array}` : type
}
