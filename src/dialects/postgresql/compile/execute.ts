import type { CompileTable } from '../../dialect.ts'
import { executedSql, withoutCommentsBefore } from '../../executed-sql.ts'

export const execution = {
  execute: ({ sql, parameters }) => [
    {
      sql: executedSql(sql),
      ...(parameters === undefined ? {} : { parameters }),
      transactional: !runsAlone(withoutCommentsBefore(sql)),
    },
  ],
} satisfies Partial<CompileTable>

const outsideTransactions = [
  /^(create|drop|reindex)\b.*\bconcurrently\b/is,
  /^alter\s+table\b.*\bdetach\s+partition\b.*\bconcurrently\b/is,
  /^(create|drop)\s+(database|tablespace)\b/i,
  /^alter\s+system\b/i,
  /^vacuum\b/i,
]

/** Whether PostgreSQL refuses the statement inside a transaction. */
function runsAlone(text: string): boolean {
  return outsideTransactions.some(pattern => pattern.test(text))
}
