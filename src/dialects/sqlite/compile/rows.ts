import type { CompileTable } from '../../dialect.ts'
import { deleteStatements, insertStatements, type RowsSyntax } from '../../rows-sql.ts'
import { literal, quote, quoteQualified } from '../quoting.ts'

const syntax: RowsSyntax = {
  database: 'SQLite',
  quote,
  quoteQualified,
  literal,
  emptyRow: 'DEFAULT VALUES',
  keys: 'VALUES',
}

export const rows = {
  bulkInsert: operation => insertStatements(operation, syntax),
  bulkDelete: operation => deleteStatements(operation, syntax),
} satisfies Partial<CompileTable>
