import type { HealthCheck } from '../../health.ts'

/** No build of an index has been left half done. */
export const invalidIndexes: HealthCheck = {
  check: 'invalid indexes',
  run: async connection => {
    const { rows } = await connection.query<{ index: string; table: string; isBuilding: boolean }>(
      `SELECT i.indexrelid::regclass::text AS index, i.indrelid::regclass::text AS table,
  EXISTS (SELECT FROM pg_stat_progress_create_index AS p WHERE p.index_relid = i.indexrelid) AS "isBuilding"
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE NOT i.indisvalid AND c.relkind = 'i' ORDER BY 1 LIMIT 20`,
    )
    if (rows.length === 0) return [{ status: 'ok', message: 'Every index is valid.' }]
    return rows.map(({ index, table, isBuilding }) =>
      isBuilding
        ? { status: 'note', message: `The index ${index} of ${table} is being built.` }
        : {
            status: 'warning',
            message: `The index ${index} of ${table} is invalid: a build has failed, and it costs every write and serves no query.`,
            fix: `REINDEX INDEX CONCURRENTLY ${index}; or DROP INDEX CONCURRENTLY ${index};`,
          },
    )
  },
}
