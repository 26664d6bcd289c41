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
  const { rows } = await connection.query(
    `SELECT 1 FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid ` +
      `WHERE c.oid = to_regclass(${stringLiteral(quoted)}) AND c.relkind = 'i' AND NOT i.indisvalid`,
  )
  if (rows.length === 0) return undefined
  await connection.query(`DROP INDEX CONCURRENTLY ${quoted}`)
  return `${describe(operation).slice(2)}: an earlier build has failed and left an invalid index, which is dropped first.`
}

function builtConcurrently(operation: Operation): QualifiedName | undefined {
  const built =
    operation.kind === 'createConstraint' && operation.concurrently
      ? operation.constraint
      : operation.kind === 'createIndex' && operation.index.concurrently
        ? operation.index
        : undefined
  return built?.name === undefined ? undefined : { schema: built.schema, name: built.name }
}
