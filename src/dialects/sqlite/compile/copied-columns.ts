import { changedTable } from '../../../operations/changed-table.ts'
import type { AlterColumn, AlterTableTogether, WholeTable } from '../../../operations/operation.ts'
import type { Column } from '../../../schema/index.ts'
import { quote } from '../quoting.ts'
import { affinity, columnType } from './types.ts'

/** What the columns of the new table are filled with, by their new names: SQL over the old table. */
export function copiedColumns(
  operation: AlterTableTogether,
  existing: WholeTable,
): ReadonlyMap<string, string> {
  const sources = new Map(existing.table.columns.map(({ name }) => [name, quote(name)]))
  let whole = existing
  for (const change of operation.changes) {
    if (change.kind === 'dropColumn') sources.delete(change.column)
    if (change.kind === 'alterColumn') {
      const source = sources.get(change.column)
      const column = whole.table.columns.find(({ name }) => name === change.column)
      sources.delete(change.column)
      if (source !== undefined && column) {
        const name = change.changes.newName ?? change.column
        sources.set(name, converted(source, column, change, operation))
      }
    }
    whole = changedTable(whole, change)
  }
  return sources
}

/** A value in another type: by the words of the script, else cast where SQLite would keep it as it is. */
function converted(
  source: string,
  column: Column,
  { changes }: AlterColumn,
  operation: AlterTableTogether,
): string {
  if (changes.using !== undefined) return changes.using
  if (changes.type === undefined) return source
  const altered = { ...column, type: changes.type, enumValues: changes.enumValues }
  const [from, to] = [column, altered].map(one => columnType(one, operation, false))
  const isKept = affinity(from ?? '') === affinity(to ?? '') || /json/i.test(`${from} ${to}`)
  return isKept ? source : `CAST(${source} AS ${to})`
}
