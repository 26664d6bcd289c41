import type { QualifiedName } from '../../schema/index.ts'
import { quote, quoteQualified, stringLiteral } from './quoting.ts'

/**
 * Sets the sequence behind a column forward to the largest value there is. The value of an identity needs no
 * right to its sequence, and looking at that does: who has none leaves it as it is.
 */
export function catchUp(table: QualifiedName, column: string): string {
  const relation = quoteQualified(table)
  const sequence = `pg_get_serial_sequence(${stringLiteral(relation)}, ${stringLiteral(column)})::regclass`
  return `SELECT setval(s.id, l.latest) FROM (SELECT ${sequence} AS id) AS s, (SELECT max(${quote(column)}) AS latest FROM ${relation}) AS l
    WHERE CASE WHEN has_sequence_privilege(s.id, 'UPDATE') THEN l.latest > coalesce(pg_sequence_last_value(s.id), 0) END`
}
