import type { CompileTable } from '../../dialect.ts'

export const execution = {
  execute: ({ sql, parameters }) => [
    {
      sql: withoutSemicolon(sql),
      ...(parameters === undefined ? {} : { parameters }),
      transactional: !runsAlone(sql),
    },
  ],
} satisfies Partial<CompileTable>

function withoutSemicolon(sql: string): string {
  return sql.trim().replace(/(\s*;)+$/, '')
}

const outsideTransactions = [
  /^(create|drop|reindex)\b.*\bconcurrently\b/is,
  /^alter\s+table\b.*\bdetach\s+partition\b.*\bconcurrently\b/is,
  /^(create|drop)\s+(database|tablespace)\b/i,
  /^alter\s+system\b/i,
  /^vacuum\b/i,
]

/** Whether PostgreSQL refuses the statement inside a transaction. */
function runsAlone(sql: string): boolean {
  const text = sql.replace(/^(\s|--[^\n]*\n|\/\*.*?\*\/)+/s, '')
  return outsideTransactions.some(pattern => pattern.test(text))
}
