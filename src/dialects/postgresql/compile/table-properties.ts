import type { OnTable } from '../../../operations/operation.ts'
import type { ReplicaIdentity, RowSecurity } from '../../../schema/index.ts'
import { quote } from '../quoting.ts'
import { keyWord } from './sql.ts'
import { alterTable } from './table-names.ts'

/** What a new table begins with. */
export const noRowSecurity: RowSecurity = { enabled: false, forced: false }

/** What turns row security from one state into another; of an unknown state both halves are set. */
export function rowSecurity(
  on: OnTable,
  wanted: RowSecurity | undefined,
  from: RowSecurity | undefined,
): string[] {
  if (!wanted) return []
  const statements: string[] = []
  if (from?.enabled !== wanted.enabled) statements.push(wanted.enabled ? 'ENABLE' : 'DISABLE')
  if (from?.forced !== wanted.forced) statements.push(wanted.forced ? 'FORCE' : 'NO FORCE')
  return statements.map(verb => `${alterTable(on)} ${verb} ROW LEVEL SECURITY`)
}

/** REPLICA IDENTITY, where it is named. */
export function replicaIdentity(
  on: OnTable,
  identity: ReplicaIdentity | 'default' | undefined,
): string[] {
  if (identity === undefined) return []
  const isWord = typeof identity === 'string'
  const what = isWord ? keyWord(identity) : `USING INDEX ${quote(identity.index)}`
  return [`${alterTable(on)} REPLICA IDENTITY ${what}`]
}
