import type { Node } from 'libpg-query'
import type { RightsWord } from '../../schema/index.ts'
import type { SourceStatement } from '../source.ts'
import { isConcurrent, withoutConcurrently } from './concurrently.ts'
import { type ParsedStatement, parseFile } from './parse-file.ts'
import type { SqlFile } from './read-files.ts'
import { refusalOf, refused } from './refusals.ts'

/** What a file says about the schema. */
export interface SchemaFile {
  readonly statements: readonly SourceStatement[]
  /** The same statements, parsed. */
  readonly nodes: readonly Node[]
}

/** The statements of a file that make its schema; a later file does not see its settings. */
export async function schemaStatements(
  sqlFile: SqlFile,
  rights: readonly RightsWord[] = [],
): Promise<SchemaFile> {
  const { file } = sqlFile
  const parsed = await parseFile(sqlFile)
  for (const { node, line } of parsed) {
    const refusal = refusalOf(node)
    if (refusal !== undefined) throw refused({ file, line }, refusal)
  }
  const kept = parsed.filter(({ node }) => !isLeftOut(node, rights))
  const statements = await Promise.all(kept.map(statement => asSource(statement, file)))
  const line = kept.at(-1)?.line ?? 1
  const reset = kept.length === 0 ? [] : [{ sql: 'RESET ALL', file, line }]
  return { statements: [...statements, ...reset], nodes: kept.map(({ node }) => node) }
}

async function asSource(parsed: ParsedStatement, file: string): Promise<SourceStatement> {
  const { node, line } = parsed
  // A target is built in a transaction, which CONCURRENTLY refuses; what it builds is the same.
  const sql = isConcurrent(node) ? await withoutConcurrently(parsed.sql) : parsed.sql
  return { sql, file, line }
}

/** Whether a statement says nothing about the schema as it is compared. */
const isLeftOut = (node: Node, rights: readonly RightsWord[]): boolean =>
  isAboutOtherRights(node, rights) || isAboutTheSession(node) || upkeep.some(kind => kind in node)

/** They change no definition. VACUUM stands for ANALYZE too. */
const upkeep = ['CheckPointStmt', 'ReindexStmt', 'VacuumStmt']

/** Owners and grants are compared on request alone, and labels never. */
function isAboutOtherRights(node: Node, asked: readonly RightsWord[]): boolean {
  if ('SecLabelStmt' in node) return true
  const word = rightsWordOf(node)
  return word !== undefined && !asked.includes(word)
}

/** Whether a statement says who owns something, or what is granted on it. */
export const isAboutRights = (node: Node): boolean => rightsWordOf(node) !== undefined

function rightsWordOf(node: Node): RightsWord | undefined {
  if ('AlterTableStmt' in node)
    return (node.AlterTableStmt.cmds ?? []).every(isChangeOfOwner) ? 'owners' : undefined
  if ('AlterOwnerStmt' in node || 'ReassignOwnedStmt' in node) return 'owners'
  return 'GrantStmt' in node || 'AlterDefaultPrivilegesStmt' in node ? 'grants' : undefined
}

const isChangeOfOwner = (node: Node): boolean =>
  'AlterTableCmd' in node && node.AlterTableCmd.subtype === 'AT_ChangeOwner'

/**
 * Settings of the one who loads the file: who they are, how long they wait, in which encoding they
 * send. Dumps hold some that older servers do not know.
 */
const sessionSettings: ReadonlySet<string> = new Set([
  'client_encoding',
  'client_min_messages',
  'idle_in_transaction_session_timeout',
  'idle_session_timeout',
  'lock_timeout',
  'role',
  'session_authorization',
  'statement_timeout',
  'transaction_timeout',
])

function isAboutTheSession(node: Node): boolean {
  return 'VariableSetStmt' in node && sessionSettings.has(node.VariableSetStmt.name ?? '')
}
