import type { OnTable } from '../../../operations/operation.ts'
import type { QualifiedName } from '../../../schema/index.ts'
import { quote, quoteQualified } from '../quoting.ts'

/** The name of a table that an operation or an object stands on. */
export function tableName({ schema, table }: OnTable): string {
  return quoteQualified({ schema, name: table })
}

/** The name of a column as COMMENT ON and OWNED BY take it. */
export function columnName(on: OnTable, column: string): string {
  return `${tableName(on)}.${quote(column)}`
}

/** How a table operation begins. */
export function alterTable(
  on: OnTable,
  { only = false }: { readonly only?: boolean | undefined } = {},
): string {
  return `ALTER TABLE ${only ? 'ONLY ' : ''}${tableName(on)}`
}

/** A table as the place that its parts name. */
export function onTable({ schema, name }: QualifiedName): OnTable {
  return { schema, table: name }
}

/** How a change of one column begins: `ALTER TABLE users ALTER COLUMN email`. */
export function alterOne(
  on: OnTable & { readonly column: string; readonly only?: boolean | undefined },
): string {
  return `${alterTable(on, on)} ALTER COLUMN ${quote(on.column)}`
}
