import type { Statement } from '../operations/statement.ts'
import type { Connection } from './dialect.ts'

/**
 * Runs statements in their order: in few round trips, unless one of them has parameters. In a transaction
 * `onDone` is told of each.
 */
export async function runStatements(
  connection: Connection,
  statements: readonly Statement[],
  onDone: () => void = () => {},
): Promise<void> {
  if (!statements.some(({ parameters }) => parameters?.length)) {
    const texts = statements.map(({ sql }) => sql)
    return connection.executeAll(texts, onDone)
  }
  for (const { sql, parameters } of statements) {
    await connection.query(sql, parameters)
    onDone()
  }
}
