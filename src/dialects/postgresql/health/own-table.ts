import type { QualifiedName } from '../../../schema/index.ts'
import type { Connection } from '../../dialect.ts'
import { stringLiteral } from '../quoting.ts'

/** One of limbeck's own tables as it is. */
export interface OwnTable {
  readonly name: QualifiedName
  readonly columns: readonly OwnColumn[]
  /** The columns of the primary key. */
  readonly key: readonly string[]
}

export interface OwnColumn {
  readonly name: string
  /** Of a varchar. */
  readonly length: number | null
  /** An INSERT has to give it a value. */
  readonly isRequired: boolean
}

/** Reads the table that a name means; undefined where there is none. */
export async function readOwnTable(
  connection: Connection,
  { schema, name }: QualifiedName,
): Promise<OwnTable | undefined> {
  const place =
    schema === undefined ? 'pg_table_is_visible(c.oid)' : `n.nspname = ${stringLiteral(schema)}`
  const { rows } = await connection.query<{ columns: OwnColumn[]; key: string[] }>(
    `SELECT (SELECT json_agg(json_build_object('name', attname,
    'length', CASE WHEN atttypid = 'varchar'::regtype AND atttypmod > 4 THEN atttypmod - 4 END,
    'isRequired', attnotnull AND NOT atthasdef AND attidentity = '') ORDER BY attnum)
  FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
  ARRAY(SELECT attname::text FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = c.oid AND indisprimary ORDER BY attnum) AS key
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname = ${stringLiteral(name)} AND ${place} AND c.relkind IN ('r', 'p', 'v', 'f')`,
  )
  return rows[0] && { name: { schema, name }, ...rows[0] }
}
