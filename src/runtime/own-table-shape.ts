import type { ShapeColumn, TableShape } from '../dialects/table-shape.ts'
import { LimbeckError } from '../errors.ts'
import type { QualifiedName } from '../schema/index.ts'
import { listed } from '../text/sentences.ts'

/** A table of limbeck's, by its name in SQL. */
export interface OwnTable {
  readonly what: 'version table' | 'ledger'
  readonly name: QualifiedName
  readonly sql: string
  /** It is looked for wherever the connection looks. */
  readonly isUnqualified: boolean
  /** What limbeck writes, and has to find. */
  readonly columns: readonly string[]
}

/** Refuses what rows cannot be kept in; the first reason that is found. */
export function expectKeepable(table: OwnTable, shape: TableShape): void {
  const problem = problemOf(table, shape)
  if (problem !== undefined) throw invalidTable(table, problem)
}

interface Problem {
  readonly sentence: string
  readonly hint: string
}

function problemOf(table: OwnTable, shape: TableShape): Problem | undefined {
  const { kind, columns, hidesRows, schemas } = shape
  const [first, ...others] = schemas
  if (kind !== 'table')
    return { sentence: `is a ${kind}`, hint: `Name the table itself: ${keysOf(table)}.` }
  if (table.isUnqualified && others.length > 0)
    return {
      sentence: `stands in several schemas of the search_path: ${listed(schemas)}`,
      hint: `Say which one is meant: versionTableSchema: '${first}' in the config.`,
    }
  if (hidesRows) return hiddenRows(table)
  return missingColumns(table, columns) ?? strayColumns(table, columns)
}

/** Row security may show none of the rows that are there: that looks like a database at base. */
export function hiddenRows({ sql }: Pick<OwnTable, 'sql'>): Problem {
  return {
    sentence: 'has row security, which may hide rows from this role',
    hint: `Connect as its owner, or: ALTER TABLE ${sql} DISABLE ROW LEVEL SECURITY;`,
  }
}

function missingColumns(table: OwnTable, columns: readonly ShapeColumn[]): Problem | undefined {
  const missing = table.columns.filter(name => !columns.some(column => column.name === name))
  if (missing.length === 0) return undefined
  const there = columns.map(({ name }) => name)
  return {
    sentence: `has no column ${listed(missing)}, but ${there.length === 0 ? 'none at all' : listed(there)}`,
    hint: wayOut(table),
  }
}

function strayColumns(table: OwnTable, columns: readonly ShapeColumn[]): Problem | undefined {
  const { sql } = table
  const stray = columns.filter(column => column.needsValue && !table.columns.includes(column.name))
  if (stray.length === 0) return undefined
  const [{ name }] = stray as [ShapeColumn]
  return {
    sentence: `wants a value for ${listed(stray.map(column => column.name))}, which limbeck does not write`,
    hint:
      table.what === 'ledger'
        ? `${wayOut(table)} A newer version of limbeck may have made it: use that one.`
        : `ALTER TABLE ${sql} ALTER COLUMN ${name} DROP NOT NULL; or give it a default.`,
  }
}

const wayOut = (table: OwnTable): string =>
  table.what === 'ledger'
    ? `Rename it, and the next run makes a new one: ALTER TABLE ${table.sql} RENAME TO limbeck_ledger_before;`
    : `If it is another table, name the one that is meant: ${keysOf(table)}.`

const keysOf = ({ what }: OwnTable): string =>
  what === 'ledger'
    ? 'versionTableSchema in the config'
    : 'versionTable and versionTableSchema in the config'

/** The error of a table that rows cannot be kept in. */
export function invalidTable(
  { what, sql }: Pick<OwnTable, 'what' | 'sql'>,
  { sentence, hint }: Problem,
): LimbeckError {
  return new LimbeckError(
    what === 'ledger' ? 'LEDGER_INVALID' : 'VERSION_TABLE_INVALID',
    `The ${what} ${sql} ${sentence}. Nothing was done.`,
    { facts: { table: sql, problem: sentence }, hint },
  )
}
