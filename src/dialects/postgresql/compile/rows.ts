import type { CompileTable } from '../../dialect.ts'
import { deleteStatements, insertStatements, type RowsSyntax } from '../../rows-sql.ts'
import { arrayText } from '../array-text.ts'
import { literal, quote, quoteQualified } from '../quoting.ts'

const syntax: RowsSyntax = {
  database: 'PostgreSQL',
  quote,
  quoteQualified,
  literal,
  arrayText,
  emptyRow: 'DEFAULT VALUES',
  overriding: 'OVERRIDING SYSTEM VALUE',
}

export const rows = {
  bulkInsert: operation => insertStatements(operation, syntax),
  bulkDelete: operation => deleteStatements(operation, syntax),
} satisfies Partial<CompileTable>
