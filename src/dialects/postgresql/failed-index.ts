import { setTimeout as sleep } from 'node:timers/promises'
import { describe } from '../../operations/describe.ts'
import type { Operation } from '../../operations/operation.ts'
import type { QualifiedName } from '../../schema/index.ts'
import type { Connection } from '../dialect.ts'
import { quoteQualified, stringLiteral } from './quoting.ts'

/**
 * Drops the index that a failed build outside of transactions has left under the name of the one to
 * build: invalid, of use to nobody, and in its way. Gives a sentence where it did.
 */
export async function dropFailedIndex(
  connection: Connection,
  operation: Operation,
): Promise<string | undefined> {
  const name = builtConcurrently(operation)
  if (name === undefined) return undefined
  const quoted = quoteQualified(name)
  if (!(await isInvalid(connection, quoted))) return undefined
  await connection.query(`DROP INDEX CONCURRENTLY ${quoted}`)
  return `${describe(operation).slice(2)}: an earlier build has failed and left an invalid index, which is dropped first.`
}

/** Whether it is there and of no use, and nobody is still at work on it. */
async function isInvalid(connection: Connection, quoted: string): Promise<boolean> {
  for (;;) {
    const { rows } = await connection.query<{ valid: boolean; builder: number | null }>(
      `SELECT i.indisvalid AS valid, ${builder} AS builder FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid ` +
        `WHERE c.oid = to_regclass(${stringLiteral(quoted)}) AND c.relkind = 'i'`,
    )
    if (rows[0]?.builder == null) return rows[0]?.valid === false
    await connection.query(`SELECT pg_cancel_backend(${rows[0].builder})`)
    await sleep(betweenLooks)
  }
}

/**
 * A run that was killed may have left the server at work on it: behind a pooler that goes on until it next
 * says something. The two would wait for each other.
 */
const builder = `(SELECT p.pid FROM pg_stat_progress_create_index AS p JOIN pg_stat_activity AS a USING (pid)
  WHERE p.index_relid = c.oid AND a.usename = current_user AND (a.application_name LIKE 'limbeck%' OR a.application_name LIKE '% limbeck:%'))`

/** In milliseconds. */
const betweenLooks = 100

function builtConcurrently(operation: Operation): QualifiedName | undefined {
  const built =
    operation.kind === 'createConstraint' && operation.concurrently
      ? operation.constraint
      : operation.kind === 'createIndex' && operation.index.concurrently
        ? operation.index
        : undefined
  return built?.name === undefined ? undefined : { schema: built.schema, name: built.name }
}
