import type { Node } from 'libpg-query'
import { LimbeckError } from '../../errors.ts'
import type { Place } from './place.ts'

/** Why something in a file has no place in a target, and what to do about it. */
export interface Refusal {
  /** The statement in a word or two, never its text: that may hold a password. */
  readonly what: string
  readonly why: string
  readonly hint: string
}

export function refused(place: Place, { what, why, hint }: Refusal): LimbeckError {
  const { file, line } = place
  return new LimbeckError('SQL_UNSUPPORTED', `${file}:${line}: ${what} is refused: ${why}.`, {
    facts: { ...place, statement: what },
    hint,
  })
}

/** The refusal of a statement; undefined where it may stay. */
export function refusalOf(node: Node): Refusal | undefined {
  const kind = Object.keys(node)[0] ?? ''
  const words = {
    rows: isSettingOrTable(node) ? undefined : rowStatements[kind],
    transaction: transactionWord(node),
    role: roleStatements[kind] ?? sharedObject(node, 'ROLE'),
    shared: sharedStatements[kind] ?? sharedObject(node, 'DATABASE|TABLESPACE'),
  }
  if (words.rows !== undefined) return aboutRows(words.rows)
  if (words.transaction !== undefined) return aboutTransactions(words.transaction)
  if (words.role !== undefined) return aboutRoles(words.role, roleIn(node))
  if (words.shared !== undefined) return { what: words.shared, ...changesServer }
  return /^(Create|Alter)Subscription/.test(kind) ? aboutSubscriptions : undefined
}

/** Rows in a file that describes a schema. */
export const aboutRows = (what: string): Refusal => ({
  what,
  why: 'a target describes a schema, and this is about rows',
  hint: 'Take it out. Rows that every database needs belong in a revision; `pg_dump --schema-only` writes none.',
})

/** A backslash command, which psql alone understands. */
export const aboutPsql = (command: string): Refusal => ({
  what: command,
  why: 'commands with a backslash are understood by psql alone',
  hint: /^\\(i|include)/.test(command)
    ? "Take the line out, and name each file: sqlFiles(['a.sql', 'b.sql'])."
    : 'Take the line out.',
})

const aboutTransactions = (what: string): Refusal => ({
  what,
  why: 'whoever builds the target decides about transactions',
  hint:
    what === 'SET LOCAL'
      ? 'Write SET: settings go back to their defaults after each file.'
      : 'Take the line out.',
})

const changesServer = {
  why: 'it changes what all databases of the server share',
  hint: 'Take it out.',
}

const aboutRoles = (what: string, role = 'app'): Refusal => ({
  ...changesServer,
  what,
  hint: `Take it out. Roles that the schema needs are named: sqlFiles(…, { requires: { roles: ['${role}'] } }).`,
})

const aboutSubscriptions: Refusal = {
  what: 'a subscription',
  why: 'a scratch database must not take part in replication',
  hint: 'Take it out.',
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

const roleStatements: Readonly<Record<string, string>> = {
  AlterRoleSetStmt: 'ALTER ROLE',
  AlterRoleStmt: 'ALTER ROLE',
  CreateRoleStmt: 'CREATE ROLE',
  DropOwnedStmt: 'DROP OWNED',
  DropRoleStmt: 'DROP ROLE',
  GrantRoleStmt: 'membership in a role',
}

const sharedStatements: Readonly<Record<string, string>> = {
  AlterDatabaseRefreshCollStmt: 'ALTER DATABASE',
  AlterDatabaseSetStmt: 'ALTER DATABASE',
  AlterDatabaseStmt: 'ALTER DATABASE',
  AlterSystemStmt: 'ALTER SYSTEM',
  AlterTableSpaceOptionsStmt: 'ALTER TABLESPACE',
  CreatedbStmt: 'CREATE DATABASE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropdbStmt: 'DROP DATABASE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
}

/** `COMMENT ON ROLE`, `ALTER DATABASE … RENAME`: kinds that these share with objects of a database. */
function sharedObject(node: Node, types: string): string | undefined {
  const word = new RegExp(`^OBJECT_(${types})$`)
  if ('CommentStmt' in node) {
    const type = word.exec(node.CommentStmt.objtype ?? '')?.[1]
    return type && `COMMENT ON ${type}`
  }
  const type = 'RenameStmt' in node ? word.exec(node.RenameStmt.renameType ?? '')?.[1] : undefined
  return type && `ALTER ${type}`
}

function roleIn(node: Node): string | undefined {
  if ('CreateRoleStmt' in node) return node.CreateRoleStmt.role
  const granted = 'GrantRoleStmt' in node ? node.GrantRoleStmt.granted_roles?.[0] : undefined
  return granted && 'AccessPriv' in granted ? granted.AccessPriv.priv_name : undefined
}
