import type { ForeignKey } from '../../schema/index.ts'
import { type Entry, type RenderContext, without } from './context.ts'

/** How a foreign key behaves, with its name where that is still in it. */
export function referenceEntries(
  foreignKey: Omit<ForeignKey, 'references' | 'name'> & Partial<ForeignKey>,
  context: RenderContext,
): Entry[] {
  const place = ['kind', 'type', 'schema', 'table', 'columns', 'references'] as const
  return context.entries(without(foreignKey, ...place))
}
