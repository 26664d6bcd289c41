import type { CreateIndex } from '../../../operations/operation.ts'
import type { Connection } from '../../dialect.ts'
import { regclass, relationUnder } from './relations.ts'

interface FoundIndex {
  readonly table: string
  readonly isUnique: boolean
  readonly keys: readonly string[]
}

export async function indexDifferences(
  connection: Connection,
  { index }: CreateIndex,
): Promise<string[]> {
  const { schema, name, table, elements, unique = false } = index
  if (name === undefined) return []
  const relation = await relationUnder(connection, { schema, name })
  if (relation === undefined) return []
  if (relation !== 'an index') return [`it is ${relation}`]
  const { rows } = await connection.query<FoundIndex>(`
    SELECT c.relname::text AS table, indisunique AS "isUnique",
      ARRAY(SELECT coalesce(attname::text, 'an expression')
        FROM unnest(indkey) WITH ORDINALITY AS k (number, place)
        LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = k.number
        WHERE place <= indnkeyatts ORDER BY place) AS keys
    FROM pg_index JOIN pg_class c ON c.oid = indrelid
    WHERE indexrelid = ${regclass({ schema, name })}`)
  const found = rows[0]!
  const [keys, wanted] = [found.keys, elements.map(({ column }) => column ?? 'an expression')].map(
    list => list.join(', '),
  )
  const differences = [
    found.table !== table && `on ${found.table}, not on ${table}`,
    keys !== wanted && `on (${keys}), not on (${wanted})`,
    found.isUnique !== unique && `${unique ? 'not ' : ''}unique`,
  ]
  return differences.filter(said => said !== false).map(said => `it is ${said}`)
}
