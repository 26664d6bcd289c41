import type { Statement } from '../operations/statement.ts'
import type { Connection } from './dialect.ts'

/** Runs statements in their order: in few round trips, unless one of them has parameters. */
export async function runStatements(
  connection: Connection,
  statements: readonly Statement[],
): Promise<void> {
  if (!statements.some(({ parameters }) => parameters?.length))
    return connection.executeAll(statements.map(({ sql }) => sql))
  for (const { sql, parameters } of statements) await connection.query(sql, parameters)
}
