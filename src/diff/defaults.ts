import type { AlterColumn } from '../operations/operation.ts'
import type { Column, DefaultValue, Table } from '../schema/index.ts'
import type { Comparison, Side } from './comparison.ts'
import { columnElement, defaultElement, onTable } from './elements.ts'
import type { Fate } from './fates.ts'
import { isDefaultApart } from './heirs.ts'
import { columnOf, parentIds } from './inheritance.ts'
import { change, down, holds, type Part, type PartKey, partKey, up } from './part.ts'
import { columnPlace } from './place.ts'

/** A default that is set, dropped or changed on a column that stays, or that its parents bring or take. */
export function defaultParts(
  table: Table,
  name: string,
  fate: Fate,
  { current, target }: Comparison,
): Part[] {
  const element = defaultElement(table, name)
  const isApart = isDefaultApart(table, name, [current, target])
  const hosts = isApart ? [] : [partKey('change', columnElement(table, name))]
  const needs = target.needs.of(element)
  const uses = current.needs.of(element)
  const brought = broughtByParents(table, name, current, target)
  const manner = { ...(isApart && { only: true }), ...brought }
  const off = defaultPart(table, name, null, manner)
  const on = defaultPart(table, name, defaultIn(target, table, name), manner)
  switch (fate) {
    case 'create':
      return [up(element, { ...on, needs, hosts })]
    case 'drop':
      return [
        down(element, {
          ...off,
          needs: brought.existing ? [columnElement(table, name)] : [],
          uses,
          hosts,
        }),
      ]
    case 'change':
      return [change(element, { ...on, needs, uses, hosts })]
    case 'replace':
      return [down(element, { ...off, uses }), up(element, { ...on, needs })]
  }
}

/** What a column that comes with its parent's is, before its own default is set. */
function broughtByParents(
  table: Table,
  name: string,
  current: Side,
  target: Side,
): Pick<AlterColumn, 'existing'> {
  const own = columnOf(table, name)
  if (!own || tableIn(current, table)?.columns.some(column => column.name === name)) return {}
  const [parent] = parentIds(table).map(id => target.schema.objects.get(id))
  const passed = parent?.kind === 'table' ? columnOf(parent, name)?.default : undefined
  return { existing: { ...own, default: passed } }
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

function defaultPart(
  table: Table,
  column: string,
  value: DefaultValue | null,
  manner: Pick<AlterColumn, 'existing' | 'only'> = {},
) {
  const changes = { default: value }
  return {
    operation: { kind: 'alterColumn', ...onTable(table), column, changes, ...manner },
    place: columnPlace(table, column),
    hold: holds.default,
  } as const
}

function defaultIn(side: Side, table: Table, column: string) {
  const there = tableIn(side, table)
  return (there && columnOf(there, column)?.default) ?? null
}

function tableIn({ schema }: Side, { schema: space, name }: Table): Table | undefined {
  const table = schema.objects.get(`table:${space ?? ''}.${name}`)
  return table?.kind === 'table' ? table : undefined
}
