import type { ForeignKey } from '../../schema/index.ts'
import { type Entry, type RenderContext, without } from './context.ts'

/** How a foreign key behaves, with its name where that is still in it. */
export function referenceEntries(
  foreignKey: Omit<ForeignKey, 'references' | 'name'> & Partial<ForeignKey>,
  context: RenderContext,
): Entry[] {
  const place = ['kind', 'type', 'schema', 'table', 'name', 'hasFinalName'] as const
  const name = context.finalName(foreignKey as ForeignKey)
  return [
    ...name.map((code): Entry => ['name', code]),
    ...context.entries(without(foreignKey, ...place, 'columns', 'references')),
  ]
}
