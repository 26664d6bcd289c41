import type { Column, DefaultValue, Table } from '../schema/index.ts'
import type { Comparison, Side } from './comparison.ts'
import { columnElement, defaultElement, onTable } from './elements.ts'
import type { Fate } from './fates.ts'
import { columnOf } from './inheritance.ts'
import { change, down, holds, type Part, type PartKey, partKey, up } from './part.ts'
import { columnPlace } from './place.ts'

/** A default that is set, dropped or changed on a column that stays. */
export function defaultParts(
  table: Table,
  name: string,
  fate: Fate,
  { current, target }: Comparison,
): Part[] {
  const element = defaultElement(table, name)
  const hosts = [partKey('change', columnElement(table, name))]
  const needs = target.needs.of(element)
  const uses = current.needs.of(element)
  const off = defaultPart(table, name, null)
  const on = defaultPart(table, name, defaultIn(target, table, name))
  switch (fate) {
    case 'create':
      return [up(element, { ...on, needs, hosts })]
    case 'drop':
      return [down(element, { ...off, uses, hosts })]
    case 'change':
      return [change(element, { ...on, needs, uses, hosts })]
    case 'replace':
      return [down(element, { ...off, uses }), up(element, { ...on, needs })]
  }
}

/**
 * The defaults of columns that come or go which need something else: parts of their own, so that a
 * circle of table, default and sequence or function can be opened.
 */
export function waitingDefaults(
  motion: 'up' | 'down',
  host: PartKey,
  table: Table,
  columns: readonly Column[],
  comparison: Comparison,
): Part[] {
  const { schema, needs } = motion === 'up' ? comparison.target : comparison.current
  return columns.flatMap(column => {
    const element = defaultElement(table, column.name)
    if (column.default === undefined || !schema.dependencies.get(element)?.length) return []
    const part = defaultPart(table, column.name, motion === 'up' ? column.default : null)
    const [hosts, needed] = [[host], needs.of(element)]
    return motion === 'up'
      ? [up(element, { ...part, hosts, needs: needed })]
      : [down(element, { ...part, hosts, uses: needed })]
  })
}

/** A column without its default, which comes separately. */
export function withoutDefault(column: Column): Column {
  return { ...column, default: undefined }
}

function defaultPart(table: Table, column: string, value: DefaultValue | null) {
  return {
    operation: { kind: 'alterColumn', ...onTable(table), column, changes: { default: value } },
    place: columnPlace(table, column),
    hold: holds.default,
  } as const
}

function defaultIn({ schema }: Side, { schema: space, name }: Table, column: string) {
  const table = schema.objects.get(`table:${space ?? ''}.${name}`)
  return (table?.kind === 'table' ? columnOf(table, column)?.default : undefined) ?? null
}
