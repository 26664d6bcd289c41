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

/**
 * The name PostgreSQL gives the sequence behind a column when none is asked for: both parts are cut,
 * the longer one first, until the whole fits 63 bytes (`makeObjectName` in the server). Where that
 * name is taken the server counts on, so this holds only for a sequence that has the plain name.
 */
export function sequenceNameOf(table: string, column: string): string {
  let [first, second] = [Buffer.from(table), Buffer.from(column)]
  const available = 63 - '__seq'.length
  while (first.length + second.length > available) {
    if (first.length > second.length) first = first.subarray(0, -1)
    else second = second.subarray(0, -1)
  }
  return `${wholeCharacters(first)}_${wholeCharacters(second)}_seq`
}

/** Text without the torn character a cut may have left at the end. */
function wholeCharacters(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true })
}

/** How a change of one column begins: `ALTER TABLE users ALTER COLUMN email`. */
export function alterOne(on: OnTable & { readonly column: string }): string {
  return `${alterTable(on)} ALTER COLUMN ${quote(on.column)}`
}
