import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection } from '../dialects/dialect.ts'
import { quoteIdentifier } from '../schema/index.ts'

/** The role that a statement failed for the want of, in an embedded PostgreSQL, which speaks English. */
export function missingRole({ cause }: { readonly cause?: unknown }): string | undefined {
  return cause instanceof DatabaseError
    ? /^role "(.+)" does not exist$/s.exec(cause.message)?.[1]
    : undefined
}

/** Makes a role without rights. */
export async function createRole(connection: Connection, name: string): Promise<void> {
  await connection.query(`CREATE ROLE ${quoteIdentifier(name)}`)
}
