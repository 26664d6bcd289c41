import type { CutOff } from '../../cut-off.ts'
import type { Connection } from '../../dialect.ts'
import { endOrphan } from './orphan.ts'
import { type OutsideStatement, readOutside } from './outside-statement.ts'
import { detachment, droppedIndex, madeIndex, reindexing, wholeObject } from './questions.ts'

/**
 * What has become of a statement that ran outside of transactions in a run that was killed: the catalog
 * tells, of those that PostgreSQL itself keeps out of transactions. What the server still does of it is
 * ended first.
 */
export async function cutOff(connection: Connection, sql: string): Promise<CutOff> {
  const statement = await readOutside(sql)
  await endOrphan(connection, sql)
  return statement === undefined ? { state: 'unknown' } : answer(connection, statement)
}

async function answer(connection: Connection, statement: OutsideStatement): Promise<CutOff> {
  switch (statement.kind) {
    case 'createIndex':
      return madeIndex(connection, statement)
    case 'dropIndex':
      return droppedIndex(connection, statement)
    case 'reindex':
      return reindexing(connection, statement)
    case 'detach':
      return detachment(connection, statement)
    case 'object':
      return wholeObject(connection, statement)
    case 'again':
      return { state: 'notDone' }
  }
}
