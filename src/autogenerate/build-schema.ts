import type { Connection, Dialect } from '../dialects/dialect.ts'
import { diff } from '../diff/diff.ts'
import type { Operation } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { DatabaseSchema } from '../schema/index.ts'

/** The operations that build a schema from its description alone, in a database that is `empty`. */
export function creationOf(schema: DatabaseSchema, empty: DatabaseSchema): readonly Operation[] {
  return diff(empty, schema, { managedKinds: 'all', managedSchemas: 'all' }).operations
}

/** Builds a schema in an empty database from its description alone. */
export async function buildSchema(
  connection: Connection,
  dialect: Dialect,
  schema: DatabaseSchema,
  empty: DatabaseSchema,
): Promise<void> {
  await applyOperations(connection, dialect, creationOf(schema, empty))
}

/** Runs operations as they compile, all in the transaction that is open; code (`run`) is passed over. */
export async function applyOperations(
  connection: Connection,
  dialect: Dialect,
  operations: readonly Operation[],
): Promise<void> {
  const { serverVersion } = connection
  const statements = operations.flatMap((operation): Statement[] =>
    operation.kind === 'run' ? [] : dialect.compile(operation, { serverVersion }),
  )
  await connection.executeAll(statements.map(statement => statement.sql))
}

/** Commits what `work` does, or undoes all of it. */
export async function inTransaction(
  connection: Connection,
  work: () => Promise<void>,
): Promise<void> {
  await connection.query('BEGIN')
  try {
    await work()
    await connection.query('COMMIT')
  } catch (error) {
    await connection.query('ROLLBACK')
    throw error
  }
}
