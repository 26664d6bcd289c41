import { parseTypeName } from '../operations/type-names.ts'
import type { Column, DatabaseSchema, DefaultValue, Table } from '../schema/index.ts'
import { ownColumnChanges } from './column-changes.ts'
import type { Comparison } from './comparison.ts'
import { columnElement, defaultElement } from './elements.ts'
import { columnOf, columnPairs, parentPairs, type TablePair } from './inheritance.ts'
import { columnNames, sequenceNames } from './names.ts'
import { change, down, holds, type Part, type PartKey, partKey, up } from './part.ts'
import { type Place, tablePlace, withinTable } from './place.ts'
import { typeId } from './type-ids.ts'

/** A column that comes, and its default where that may have to wait. */
export function columnUp(table: Table, column: Column, comparison: Comparison): Part[] {
  const element = columnElement(table, column.name)
  const host = partKey('up', element)
  const guests = waitingDefaults(table, [column], comparison.target.schema, 'up', host, comparison)
  const written = guests.length > 0 ? withoutDefault(column) : column
  return [
    up(element, {
      operation: { kind: 'addColumn', ...on(table), column: written },
      place: columnPlace(table, column.name),
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
  const guests = waitingDefaults(
    table,
    [column],
    comparison.current.schema,
    'down',
    host,
    comparison,
  )
  const existing = guests.length > 0 ? withoutDefault(column) : column
  return [
    down(element, {
      operation: { kind: 'dropColumn', ...on(table), column: column.name, existing },
      place: columnPlace(table, column.name),
      uses: comparison.current.needs.touches(element),
      frees: columnNames(table, column).frees,
    }),
    ...guests,
  ]
}

/** A column of a table on both sides that becomes another in place. */
export function columnChange(pair: TablePair, name: string, comparison: Comparison): Part[] {
  const { current, target } = comparison
  const [before, after] = [columnOf(pair.current, name), columnOf(pair.target, name)]
  if (!before || !after) return []
  const parents = columnPairs(parentPairs(current.schema, target.schema, pair), name)
  const element = columnElement(pair.target, name)
  return [
    change(element, {
      operation: {
        kind: 'alterColumn',
        ...on(pair.target),
        column: name,
        changes: ownColumnChanges(before, after, parents),
      },
      place: columnPlace(pair.target, name),
      needs: target.needs.touches(element),
      uses: current.needs.touches(element),
      takes: before.identity ? [] : sequenceNames(pair.target, after),
      frees: after.identity ? [] : sequenceNames(pair.current, before),
    }),
  ]
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
  const alter = { kind: 'alterColumn', ...on(pair.target), column: name } as const
  const place = columnPlace(pair.target, name)
  return [
    down(element, {
      operation: { ...alter, changes: ownColumnChanges(before, waiting, []) },
      place,
      uses: current.needs.touches(element),
    }),
    up(element, {
      operation: {
        ...alter,
        changes: ownColumnChanges(waiting, after, []),
      },
      place,
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

/** A default that is set, dropped or changed on a column that stays. */
export function defaultParts(
  table: Table,
  name: string,
  fate: 'create' | 'drop' | 'change' | 'replace',
  { current, target }: Comparison,
): Part[] {
  const element = defaultElement(table, name)
  const [before, after] = [current, target].map(({ schema }) => {
    const owner = schema.objects.get(`table:${table.schema ?? ''}.${table.name}`)
    return owner?.kind === 'table' ? columnOf(owner, name)?.default : undefined
  })
  const set = (value: DefaultValue | null) => defaultPart(table, name, value)
  const hosts = [partKey('change', columnElement(table, name))]
  const needs = target.needs.touches(element)
  const uses = current.needs.touches(element)
  switch (fate) {
    case 'create':
      return [up(element, { ...set(after ?? null), needs, hosts })]
    case 'drop':
      return [down(element, { ...set(null), uses, hosts })]
    case 'change':
      return [change(element, { ...set(after ?? null), needs, uses, hosts })]
    case 'replace':
      return [
        down(element, { ...set(null), uses }),
        up(element, { ...set(after ?? before ?? null), needs }),
      ]
  }
}

/**
 * The defaults that need something else: parts of their own, so that a circle of table, default and
 * sequence or function can be opened.
 */
export function waitingDefaults(
  table: Table,
  columns: readonly Column[],
  { dependencies }: DatabaseSchema,
  motion: 'up' | 'down',
  host: PartKey,
  { current, target }: Comparison,
): Part[] {
  return columns.flatMap(column => {
    const element = defaultElement(table, column.name)
    if (column.default === undefined || !dependencies.get(element)?.length) return []
    const hosts = [host]
    return motion === 'up'
      ? [
          up(element, {
            ...defaultPart(table, column.name, column.default),
            hosts,
            needs: target.needs.of(element),
          }),
        ]
      : [
          down(element, {
            ...defaultPart(table, column.name, null),
            hosts,
            uses: current.needs.of(element),
          }),
        ]
  })
}

function defaultPart(table: Table, column: string, value: DefaultValue | null) {
  return {
    operation: { kind: 'alterColumn', ...on(table), column, changes: { default: value } },
    place: columnPlace(table, column),
    hold: holds.default,
  } as const
}

/** A column without its default, which comes separately. */
export function withoutDefault(column: Column): Column {
  return { ...column, default: undefined }
}

function columnPlace(table: Table, column: string): Place {
  const position = table.columns.findIndex(candidate => candidate.name === column)
  return [...tablePlace(table.schema, table.name), withinTable.column, position]
}

function on({ schema, name }: Table): { schema: string | undefined; table: string } {
  return { schema, table: name }
}
