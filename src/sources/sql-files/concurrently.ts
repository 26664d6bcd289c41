import type { Node } from 'libpg-query'

/** Whether a statement asks to work CONCURRENTLY, which no transaction allows. */
export function isConcurrent(node: Node): boolean {
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true
  if ('DropStmt' in node) return node.DropStmt.concurrent === true
  return 'AlterTableStmt' in node && (node.AlterTableStmt.cmds ?? []).some(isConcurrentDetach)
}

function isConcurrentDetach(command: Node): boolean {
  const change = 'AlterTableCmd' in command ? command.AlterTableCmd.def : undefined
  return change !== undefined && 'PartitionCmd' in change && change.PartitionCmd.concurrent === true
}

/** The statement without its keyword CONCURRENTLY; a quoted name of the same letters stays. */
export async function withoutConcurrently(sql: string): Promise<string> {
  const { scan } = await import('libpg-query')
  const { tokens } = await scan(sql)
  const keyword = tokens.find(
    ({ text, keywordKind }) => keywordKind !== 0 && text.toLowerCase() === 'concurrently',
  )
  if (keyword === undefined) return sql
  // The scanner counts in bytes.
  const bytes = Buffer.from(sql)
  const [before, after] = [bytes.subarray(0, keyword.start), bytes.subarray(keyword.end)]
  return before.toString() + after.toString().replace(/^[^\S\r\n]/, '')
}
