import { LimbeckError } from '../errors.ts'

/** SQL of a script as it is sent: without what follows its last word, and never with transaction control. */
export function executedSql(sql: string): string {
  const text = withoutCommentsBefore(sql)
  if (transactionControl.test(text)) throw controlled(text)
  return sql.trim().replace(/(\s*;)+$/, '')
}

/** SQL from its first word on. */
export function withoutCommentsBefore(sql: string): string {
  return sql.replace(/^(\s|--[^\n]*\n|\/\*.*?\*\/)+/s, '')
}

/** Savepoints are the script's own business. */
const transactionControl =
  /^(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b)|prepare\s+transaction)\b/i

/**
 * Whether a text may hold a statement that ends the transaction. It says so too often rather than not: of
 * a function's body, which has statements with an END too.
 */
export const mayEndTransaction = (sql: string): boolean => anyControl.test(sql)

const anyControl =
  /(?:^|;)(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:begin|start|commit|end|abort|rollback|prepare)\b/i

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
