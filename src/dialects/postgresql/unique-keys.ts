import type { QualifiedName } from '../../schema/index.ts'
import type { Connection, UniqueKey } from '../dialect.ts'
import { quoteQualified, stringLiteral } from './quoting.ts'

/** The unique indexes of a table that hold each of its rows under a key without NULL, the primary key first. */
export async function uniqueKeys(
  connection: Connection,
  table: QualifiedName,
): Promise<UniqueKey[]> {
  const { rows } = await connection.query<UniqueKey>(`
    SELECT c.relname::text AS name, i.indisprimary AS "isPrimary", k.columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    CROSS JOIN LATERAL (
      SELECT array_agg(a.attname::text ORDER BY p.place) AS columns, bool_and(a.attnotnull) AS whole
      FROM unnest(i.indkey) WITH ORDINALITY AS p (attnum, place)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.attnum
      WHERE p.place <= i.indnkeyatts
    ) AS k
    WHERE i.indrelid = to_regclass(${stringLiteral(quoteQualified(table))})
      AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND k.whole
    ORDER BY i.indisprimary DESC, c.relname`)
  return rows
}
