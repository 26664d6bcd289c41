import { compact } from '../declarations/declaration.ts'
import type { Column } from '../schema/index.ts'
import { alteredColumn } from './altered-column.ts'
import type { AlterColumn, ColumnChanges } from './operation.ts'

/** The alterColumn that gives a column back what another one changed. */
export function reverseAlterColumn(operation: AlterColumn, existing: Column): AlterColumn {
  const { schema, table, column, changes, only } = operation
  return compact({
    kind: 'alterColumn',
    schema,
    table,
    column: changes.newName ?? column,
    changes: formerChanges(column, changes, existing),
    existing: alteredColumn(existing, changes),
    only,
  })
}

function formerChanges(column: string, changes: ColumnChanges, existing: Column): ColumnChanges {
  const is = (key: keyof ColumnChanges) => changes[key] !== undefined
  return {
    ...(is('newName') && { newName: column }),
    ...(is('type') && { type: existing.type }),
    ...(is('collation') && { collation: existing.collation ?? null }),
    ...(is('notNull') && { notNull: existing.notNull }),
    ...(is('default') && { default: existing.default ?? null }),
    ...(is('identity') && { identity: existing.identity ?? null }),
    ...(is('generated') && { generated: existing.generated ?? null }),
    ...(is('comment') && { comment: existing.comment ?? null }),
    ...(is('storage') && { storage: existing.storage ?? 'default' }),
    ...(is('compression') && { compression: existing.compression ?? null }),
    ...(is('statistics') && { statistics: existing.statistics ?? null }),
  }
}
