import type { BulkDelete, BulkInsert, PlainRow } from '../operations/operation.ts'
import { columnValue, type ValueSpelling } from './column-value.ts'
import type { Dialect } from './dialect.ts'

/** What differs from one database to another where rows are written. */
export interface RowsSyntax extends ValueSpelling, Pick<Dialect, 'quote' | 'quoteQualified'> {
  /** What stands behind the table for a row that gives nothing. */
  readonly emptyRow: string
  /** What stands before VALUES where a row gives an identity that is ALWAYS. */
  readonly overriding?: string | undefined
  /** What stands before a list of keys of several columns. */
  readonly keys?: string | undefined
}

/** One statement for rows that give the same columns, as far as they follow each other and are not too many. */
export function insertStatements(operation: BulkInsert, syntax: RowsSyntax): string[] {
  return likeRows(operation).flatMap(rows => insertLike(operation, rows, syntax))
}

/** The statements that delete rows by their keys; those that were inserted last go first. */
export function deleteStatements(operation: BulkDelete, syntax: RowsSyntax): string[] {
  const { key, rows } = operation
  const head = `DELETE FROM ${syntax.quoteQualified({ ...operation, name: operation.table })}`
  const names = key.map(syntax.quote).join(', ')
  const isOne = key.length === 1
  const columns = isOne ? names : `(${names})`
  const keys = rows.toReversed().map(row => listOf(values(operation, row, key, syntax), isOne))
  return batches(keys).map(batch => {
    const list = [isOne ? '' : syntax.keys, batch.join(', ')].filter(Boolean).join(' ')
    return `${head} WHERE ${columns} IN (${list})`
  })
}

const listOf = (texts: readonly string[], isOne: boolean): string =>
  isOne ? texts.join() : `(${texts.join(', ')})`

/** Rows that follow each other and give the same columns. */
function likeRows({ rows }: BulkInsert): PlainRow[][] {
  const groups: PlainRow[][] = []
  const shape = (row: PlainRow) => JSON.stringify(Object.keys(row).sort())
  for (const row of rows) {
    const group = groups.at(-1)
    if (group !== undefined && shape(group[0]!) === shape(row)) group.push(row)
    else groups.push([row])
  }
  return groups
}

function insertLike(
  operation: BulkInsert,
  rows: readonly PlainRow[],
  syntax: RowsSyntax,
): string[] {
  const head = `INSERT INTO ${syntax.quoteQualified({ ...operation, name: operation.table })}`
  const columns = columnsOf(rows[0]!, operation)
  if (columns.length === 0) return rows.map(() => `${head} ${syntax.emptyRow}`)
  const isOverriding = columns.some(column => operation.columns?.[column]?.isAlways)
  const names = `(${columns.map(syntax.quote).join(', ')})`
  const before = [head, names, isOverriding && syntax.overriding, 'VALUES'].filter(Boolean)
  const texts = rows.map(row => `(${values(operation, row, columns, syntax).join(', ')})`)
  return batches(texts).map(batch =>
    batch.length === 1
      ? `${before.join(' ')} ${batch[0]}`
      : `${before.join(' ')}\n  ${batch.join(',\n  ')}`,
  )
}

/** The columns of a row, in the table's order where all of them are known. */
function columnsOf(row: PlainRow, { columns = {} }: BulkInsert): string[] {
  const given = Object.keys(row)
  const known = Object.keys(columns).filter(name => Object.hasOwn(row, name))
  return known.length === given.length ? known : given
}

function values(
  { columns }: BulkInsert | BulkDelete,
  row: PlainRow,
  names: readonly string[],
  syntax: RowsSyntax,
): string[] {
  return names.map(name => columnValue(row[name], columns?.[name]?.type, syntax))
}

/** How many rows, and characters, one statement holds: a failure shows the statement. */
const most = { rows: 200, characters: 50_000 }

function batches(texts: readonly string[]): string[][] {
  const all: string[][] = []
  let characters = 0
  for (const text of texts) {
    const batch = all.at(-1)
    characters += text.length
    if (batch !== undefined && batch.length < most.rows && characters <= most.characters)
      batch.push(text)
    else {
      all.push([text])
      characters = text.length
    }
  }
  return all
}
