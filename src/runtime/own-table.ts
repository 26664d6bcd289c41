import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection } from '../dialects/dialect.ts'

/** SQLSTATEs of a table or schema that is not there. */
const absences = new Set(['42P01', '3F000'])

/** Whether the database said that a table, or its schema, is not there. */
export function isAbsence(error: unknown): boolean {
  return error instanceof DatabaseError && absences.has(error.code ?? '')
}

/**
 * The statement, unless the table is there. Without a schema that is wherever the connection looks for
 * it, while CREATE TABLE IF NOT EXISTS asks only the first of these places. Not inside a transaction.
 */
export async function unlessThere(
  connection: Connection,
  table: string,
  create: string,
): Promise<string[]> {
  try {
    await connection.query(`SELECT 1 FROM ${table} WHERE 1 = 0`)
    return []
  } catch (error) {
    if (isAbsence(error)) return [create]
    throw error
  }
}
