import type { Operation } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import { wholeBackfill } from './backfill-sql.ts'
import type { CompileOptions, Dialect } from './dialect.ts'

/** The statements of an operation where nothing else works on the database; none for code. */
export function compileWhole(
  operation: Operation,
  dialect: Dialect,
  options?: CompileOptions,
): Statement[] {
  if (operation.kind === 'run') return []
  if (operation.kind !== 'backfill') return dialect.compile(operation, options)
  const sql = wholeBackfill(operation, dialect)
  return sql === undefined ? [] : [{ sql, transactional: true, operation }]
}
