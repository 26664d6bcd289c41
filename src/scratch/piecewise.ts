import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, QueryResult } from '../dialects/dialect.ts'

/** How many statements go in one transaction: each table and index holds a lock until its end. */
const together = 200

const isSavepoint = (sql: string): boolean => /^(?:SAVEPOINT|RELEASE|ROLLBACK TO)\b/.test(sql)

/**
 * The same session, in which many statements are many transactions: a server has locks for some thousand
 * objects, and not for those of ten thousand tables. What stands between savepoints stays one.
 */
export function piecewise(connection: Connection): Connection {
  return {
    dialect: connection.dialect,
    kind: connection.kind,
    serverVersion: connection.serverVersion,
    driver: connection.driver,
    query: <T>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<T>> =>
      connection.query<T>(sql, parameters),
    queryAll: (queries, onResult) => connection.queryAll(queries, onResult),
    isInTransaction: () => connection.isInTransaction?.() ?? false,
    close: () => connection.close(),
    async executeAll(statements) {
      const pieces = piecesOf(statements)
      for (const piece of pieces) await executePiece(connection, piece)
    },
  }
}

/** A statement with its place among all that were given. */
type Placed = readonly [place: number, sql: string]

function piecesOf(statements: readonly string[]): Placed[][] {
  const own = [...statements.entries()].filter(([, sql]) => !isSavepoint(sql))
  if (own.length < statements.length) return own.length === 0 ? [] : [own]
  const starts = own.map((_, place) => place).filter(place => place % together === 0)
  return starts.map(start => own.slice(start, start + together))
}

async function executePiece(connection: Connection, piece: readonly Placed[]): Promise<void> {
  try {
    await connection.executeAll(piece.map(([, sql]) => sql))
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.statementIndex === undefined) throw error
    const { message, code, detail, hint, position, sql, cause } = error
    const statementIndex = piece[error.statementIndex]?.[0]
    throw new DatabaseError(message, { code, detail, hint, position, sql, statementIndex, cause })
  }
}

/** Whether a server had no lock left for one more object in a transaction; also where that was told in other words. */
export function isOutOfLocks(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof DatabaseError && at.code === '53200') return true
  return false
}
