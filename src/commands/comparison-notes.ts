import type { Comparison } from '../autogenerate/compare.ts'
import { objectId } from '../schema/index.ts'

/**
 * What a proposal has to say beside its operations. That a table has its columns in another order than the
 * target is told when it gets columns, and not of every proposal that follows.
 */
export function comparisonNotes({ diff }: Pick<Comparison, 'diff'>): string[] {
  const grown = new Set(
    diff.operations.flatMap(operation =>
      operation.kind === 'addColumn'
        ? [
            objectId({
              kind: 'table',
              schema: operation.schema,
              name: operation.table,
              columns: [],
            }),
          ]
        : [],
    ),
  )
  return diff.notes
    .filter(({ kind, object }) => kind !== 'columnOrder' || grown.has(object))
    .map(({ message }) => message)
}
