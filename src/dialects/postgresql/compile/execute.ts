import { LimbeckError } from '../../../errors.ts'
import type { CompileTable } from '../../dialect.ts'

export const execution = {
  execute: ({ sql, parameters }) => {
    const text = withoutCommentsBefore(sql)
    if (transactionControl.test(text)) throw controlled(text)
    return [
      {
        sql: withoutSemicolon(sql),
        ...(parameters === undefined ? {} : { parameters }),
        transactional: !runsAlone(text),
      },
    ]
  },
} satisfies Partial<CompileTable>

const withoutCommentsBefore = (sql: string): string =>
  sql.replace(/^(\s|--[^\n]*\n|\/\*.*?\*\/)+/s, '')

/** Savepoints are the script's own business. */
const transactionControl =
  /^(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i

function controlled(text: string): LimbeckError {
  const [words = ''] = transactionControl.exec(text) ?? []
  return new LimbeckError(
    'TRANSACTION_CONTROL',
    `${words.toUpperCase()} in a script would end the transaction that its version row is written in.`,
    {
      facts: { statement: text },
      hint: 'Leave it out: limbeck commits where a statement needs that (CONCURRENTLY, a new enum value). `transactionPerMigration` commits after each revision.',
    },
  )
}

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
function runsAlone(text: string): boolean {
  return outsideTransactions.some(pattern => pattern.test(text))
}
