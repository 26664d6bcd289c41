import type { HealthCheck } from '../../health.ts'

/** No prepared transaction has been forgotten: it keeps its locks even over a restart. */
export const preparedTransactions: HealthCheck = {
  check: 'prepared transactions',
  run: async connection => {
    const { rows } = await connection.query<{ name: string; owner: string; minutes: number }>(
      `SELECT gid AS name, owner, (extract(epoch FROM clock_timestamp() - prepared) / 60)::int AS minutes
FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared LIMIT 20`,
    )
    if (rows.length === 0) return [{ status: 'ok', message: 'There are none.' }]
    return rows.map(({ name, owner, minutes }) => ({
      status: minutes < 5 ? 'note' : 'warning',
      message: `A transaction of ${owner}, prepared ${minutes} min ago, keeps its locks until it is ended.`,
      fix: `COMMIT PREPARED '${name.replaceAll("'", "''")}'; or ROLLBACK PREPARED '${name.replaceAll("'", "''")}';`,
    }))
  },
}
