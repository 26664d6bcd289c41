import type { HealthCheck } from '../../health.ts'

/** No constraint has been left NOT VALID. */
export const unvalidatedConstraints: HealthCheck = {
  check: 'constraints',
  run: async connection => {
    const { rows } = await connection.query<{ name: string; table: string }>(
      `SELECT quote_ident(conname) AS name, conrelid::regclass::text AS table FROM pg_constraint
WHERE NOT convalidated AND conrelid <> 0 AND conparentid = 0 ORDER BY 2, 1 LIMIT 20`,
    )
    if (rows.length === 0) return [{ status: 'ok', message: 'Every constraint is validated.' }]
    return rows.map(({ name, table }) => ({
      status: 'note',
      message: `The constraint ${name} of ${table} is NOT VALID: rows from before it may break it.`,
      fix: `op.validateConstraint in a revision, or ALTER TABLE ${table} VALIDATE CONSTRAINT ${name};`,
    }))
  },
}
