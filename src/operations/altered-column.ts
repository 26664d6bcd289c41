import type { Column } from '../schema/index.ts'
import type { ColumnChanges } from './operation.ts'

/** The column that an alterColumn leaves behind. */
export function alteredColumn(column: Column, changes: ColumnChanges): Column {
  const { newName, using: _, storage, ...rest } = changes
  const aspects = Object.entries(rest).filter(([, value]) => value !== undefined)
  return {
    ...column,
    ...(changes.type === undefined ? {} : { enumValues: undefined }),
    ...Object.fromEntries(aspects.map(([key, value]) => [key, value ?? undefined])),
    ...(storage === undefined ? {} : { storage: storage === 'default' ? undefined : storage }),
    ...(newName === undefined ? {} : { name: newName }),
  }
}
