import { compileWhole } from '../dialects/compile-whole.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { runStatements } from '../dialects/run-statements.ts'
import { diff } from '../diff/diff.ts'
import type { Operation } from '../operations/operation.ts'
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

/**
 * Runs operations as they compile; code is passed over. They are one transaction, unless the
 * database refuses that: as in a real run, some statements stand alone.
 */
export async function applyOperations(
  connection: Connection,
  dialect: Dialect,
  operations: readonly Operation[],
): Promise<void> {
  const { serverVersion } = connection
  const statements = operations.flatMap(operation =>
    compileWhole(operation, dialect, { serverVersion }),
  )
  await runStatements(connection, statements)
}
