import type { OnTable } from '../../../operations/operation.ts'
import { quoteQualified } from '../quoting.ts'

/** The name of a table that an operation or an object stands on. */
export function tableName({ schema, table }: OnTable): string {
  return quoteQualified({ schema, name: table })
}

/** How a table operation begins. */
export function alterTable(on: OnTable): string {
  return `ALTER TABLE ${tableName(on)}`
}
