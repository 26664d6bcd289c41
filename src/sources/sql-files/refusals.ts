import type { Node } from 'libpg-query'
import { LimbeckError } from '../../errors.ts'
import type { Place } from './place.ts'

/** Rows in a file that describes a schema. */
export function refusedRows(place: Place, what: string): LimbeckError {
  return refused(
    place,
    what,
    'a target describes a schema, and this is about its rows',
    'Take it out; rows that every database needs belong in a revision, in op.execute. `pg_dump --schema-only` writes none.',
  )
}

/** A backslash command, which psql alone understands. */
export function refusedCommand(place: Place, command: string): LimbeckError {
  const hint = /^\\(i|ir|include|include_relative)$/.test(command)
    ? 'Take the line out, and list the files: `sqlFiles([…])`.'
    : 'Take the line out.'
  return refused(place, command, 'commands with a backslash are understood by psql alone', hint)
}

/** Why a statement has no place in a target; undefined where it has. */
export function refusalOf(place: Place, node: Node): LimbeckError | undefined {
  const kind = Object.keys(node)[0] as string
  const [rows, transaction] = [rowStatements[kind], transactionWord(node)]
  if (rows !== undefined && !isSettingOrTable(node)) return refusedRows(place, rows)
  if (transaction !== undefined) return refusedTransaction(place, transaction)
  const clusterWide = clusterWideStatements[kind] ?? clusterWideObject(node)
  return clusterWide === undefined
    ? undefined
    : refusedClusterWide(place, clusterWide, roleIn(node))
}

const rowStatements: Readonly<Record<string, string>> = {
  CallStmt: 'CALL',
  CopyStmt: 'COPY',
  DeleteStmt: 'DELETE',
  InsertStmt: 'INSERT',
  MergeStmt: 'MERGE',
  SelectStmt: 'SELECT',
  TruncateStmt: 'TRUNCATE',
  UpdateStmt: 'UPDATE',
}

/** `SELECT set_config(…)`, as dumps write settings, or `SELECT … INTO table`. */
function isSettingOrTable(node: Node): boolean {
  if (!('SelectStmt' in node)) return false
  const { intoClause, targetList = [] } = node.SelectStmt
  return intoClause !== undefined || (targetList.length > 0 && targetList.every(isSetConfig))
}

function isSetConfig(target: Node): boolean {
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined
  if (value === undefined || !('FuncCall' in value)) return false
  const name = value.FuncCall.funcname?.at(-1)
  return name !== undefined && 'String' in name && name.String.sval === 'set_config'
}

function transactionWord(node: Node): string | undefined {
  if ('LockStmt' in node) return 'LOCK'
  if ('TransactionStmt' in node) {
    return node.TransactionStmt.kind?.replace('TRANS_STMT_', '').replaceAll('_', ' ')
  }
  if (!('VariableSetStmt' in node)) return undefined
  const { is_local, kind, name = '' } = node.VariableSetStmt
  if (kind === 'VAR_SET_MULTI') return `SET ${name}`
  return is_local ? 'SET LOCAL' : undefined
}

const clusterWideStatements: Readonly<Record<string, string>> = {
  AlterDatabaseRefreshCollStmt: 'ALTER DATABASE',
  AlterDatabaseSetStmt: 'ALTER DATABASE',
  AlterDatabaseStmt: 'ALTER DATABASE',
  AlterRoleSetStmt: 'ALTER ROLE',
  AlterRoleStmt: 'ALTER ROLE',
  AlterSystemStmt: 'ALTER SYSTEM',
  AlterTableSpaceOptionsStmt: 'ALTER TABLESPACE',
  CreateRoleStmt: 'CREATE ROLE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  CreatedbStmt: 'CREATE DATABASE',
  DropOwnedStmt: 'DROP OWNED',
  DropRoleStmt: 'DROP ROLE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
  DropdbStmt: 'DROP DATABASE',
  GrantRoleStmt: 'GRANT or REVOKE of a role',
}

/** `COMMENT ON` and `RENAME TO` for what the whole server shares. */
function clusterWideObject(node: Node): string | undefined {
  const [type, what] =
    'CommentStmt' in node
      ? [node.CommentStmt.objtype, 'COMMENT ON']
      : 'RenameStmt' in node
        ? [node.RenameStmt.renameType, 'ALTER']
        : []
  const object = /^OBJECT_(ROLE|DATABASE|TABLESPACE)$/.exec(type ?? '')?.[1]
  return object === undefined ? undefined : `${what} ${object}`
}

function roleIn(node: Node): string | undefined {
  return 'CreateRoleStmt' in node ? node.CreateRoleStmt.role : undefined
}

function refusedTransaction(place: Place, what: string): LimbeckError {
  const why = 'a target is built in a transaction of its own'
  const hint =
    what === 'SET LOCAL'
      ? 'Write SET: settings are put back after each file.'
      : 'Take the line out.'
  return refused(place, what, why, hint)
}

function refusedClusterWide(place: Place, what: string, role = 'app'): LimbeckError {
  const why = 'it changes what all databases of the server share'
  const hint = what.toLowerCase().includes('role')
    ? `Take it out; a role that the schema needs is named: sqlFiles('${place.file}', { requires: { roles: ['${role}'] } }).`
    : 'Take it out.'
  return refused(place, what, why, hint)
}

function refused(place: Place, what: string, why: string, hint: string): LimbeckError {
  const { file, line } = place
  return new LimbeckError('SQL_UNSUPPORTED', `${file}:${line}: ${what} is refused: ${why}.`, {
    facts: { ...place, statement: what },
    hint,
  })
}
