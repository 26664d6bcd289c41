import type { ForeignKey, Table } from '../schema/index.ts'
import { type Comparison, isMoving, type Side } from './comparison.ts'
import { type ElementId, loggingElement, loggingOf } from './elements.ts'
import type { Fate } from './fates.ts'
import { cycles } from './graph.ts'

/**
 * No logged table may refer to one that is not: what a table refers to is logged before it, and what
 * refers to it ends being logged before it.
 */
export function loggedFirst(table: Table, comparison: Comparison): ElementId[] {
  const own = loggingElement(table)
  return [comparison.current, comparison.target].flatMap(side =>
    foreignKeys(side).flatMap(([id, key]) => {
      if (isMoving(comparison, id)) return []
      const [from, to] = loggingOf(key)
      if (table.unlogged) return to === own ? from : []
      return from === own ? to : []
    }),
  )
}

/** Marks the foreign keys of tables that refer to each other and all end or begin being logged. */
export function openLoggingCircles(fates: Map<ElementId, Fate>, current: Side, target: Side): void {
  const changing = new Map(changingTables(current, target).map((id, number) => [id, number]))
  if (changing.size < 2) return
  const next = [...changing].map(() => new Set<number>())
  const keys = foreignKeys(current).filter(([id]) => target.schema.objects.has(id))
  const edges = keys.flatMap(([id, key]) => {
    const [from, to] = loggingOf(key).map(element => changing.get(element))
    return from === undefined || to === undefined || from === to ? [] : [{ id, from, to }]
  })
  for (const { from, to } of edges) next[from]?.add(to)
  const circles = cycles({ size: changing.size, next }).map(circle => new Set(circle))
  for (const { id, from, to } of edges) {
    if (circles.some(circle => circle.has(from) && circle.has(to))) fates.set(id, 'replace')
  }
}

function changingTables(current: Side, target: Side): ElementId[] {
  return [...target.schema.objects].flatMap(([id, table]) => {
    const before = current.schema.objects.get(id)
    if (table.kind !== 'table' || before?.kind !== 'table') return []
    return (before.unlogged ?? false) === (table.unlogged ?? false) ? [] : loggingElement(table)
  })
}

function foreignKeys({ schema }: Side): [ElementId, ForeignKey][] {
  return [...schema.objects].flatMap(([id, object]): [ElementId, ForeignKey][] =>
    object.kind === 'constraint' && object.type === 'foreignKey' ? [[id, object]] : [],
  )
}
