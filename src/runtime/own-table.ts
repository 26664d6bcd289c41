import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect, QueryResult } from '../dialects/dialect.ts'
import { LimbeckError } from '../errors.ts'
import type { QualifiedName } from '../schema/index.ts'

/** SQLSTATEs of a table or schema that is not there. */
const absences = new Set(['42P01', '3F000'])

/** Whether the database said that a table, or its schema, is not there. */
export function isAbsence(error: unknown): boolean {
  return error instanceof DatabaseError && absences.has(error.code ?? '')
}

/** Runs a query that may be refused: a transaction that is open goes on as if it had not been asked. */
export async function ask<T>(connection: Connection, sql: string): Promise<QueryResult<T>> {
  if (!connection.isInTransaction?.()) return connection.query<T>(sql)
  await connection.query(`SAVEPOINT ${savepoint}`)
  try {
    return await connection.query<T>(sql)
  } catch (error) {
    // A connection that is gone was rolled back by its server.
    await connection.query(`ROLLBACK TO SAVEPOINT ${savepoint}`).catch(() => undefined)
    throw error
  } finally {
    await connection.query(`RELEASE SAVEPOINT ${savepoint}`).catch(() => undefined)
  }
}

const savepoint = 'limbeck_ask'

/**
 * The statement, unless the table is there. Without a schema that is wherever the connection looks for
 * it, while CREATE TABLE IF NOT EXISTS asks only the first of these places.
 */
export async function unlessThere(
  connection: Connection,
  table: string,
  create: string,
): Promise<string[]> {
  try {
    await ask(connection, `SELECT 1 FROM ${table} WHERE 1 = 0`)
    return []
  } catch (error) {
    if (isAbsence(error)) return [create]
    throw error
  }
}

/** Whether a table is there and has a column. */
export async function hasColumn(
  connection: Connection,
  table: string,
  column: string,
): Promise<boolean> {
  try {
    await ask(connection, `SELECT ${column} FROM ${table} WHERE 1 = 0`)
    return true
  } catch (error) {
    const isColumn = error instanceof DatabaseError && error.code === unknownColumn
    if (isColumn || isAbsence(error)) return false
    throw error
  }
}

/** The SQLSTATE of a column that is not there. */
export const unknownColumn = '42703'

/** The error of one of limbeck's tables that is missing and cannot be created. */
export function unusableTable(
  what: 'version table' | 'ledger',
  name: QualifiedName,
  dialect: Dialect,
  error: unknown,
): unknown {
  if (!(error instanceof DatabaseError && error.isAnswer)) return error
  const table = dialect.quoteQualified(name)
  const schema = dialect.quote(name.schema ?? dialect.defaultSchema)
  return new LimbeckError(
    'VERSION_TABLE_UNUSABLE',
    `The ${what} ${table} is missing and cannot be created: ${error.message}. Nothing was done.`,
    {
      facts: { table, sqlstate: error.code },
      hint: isAbsence(error)
        ? `Create the schema first: CREATE SCHEMA ${schema};`
        : 'Have somebody who may run what `limbeck ensure-version --sql` prints, and GRANT SELECT, INSERT, UPDATE, DELETE on both tables; or let the role create them (GRANT CREATE ON SCHEMA … TO …).',
      cause: error,
    },
  )
}
