import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection } from '../dialects/dialect.ts'
import type { Statement } from '../operations/statement.ts'
import type { Ledger, LedgerEntry } from './ledger.ts'
import type { Transaction } from './transaction.ts'

export interface StandAloneParts {
  readonly connection: Connection
  readonly transaction: Transaction
  readonly ledger: Ledger
  /** Its line, which is there. */
  readonly entry: LedgerEntry
}

/**
 * Runs a statement by itself. Where it may be in a transaction, that notes that it is done, too, so that
 * a kill leaves no doubt; tells whether it is noted.
 */
export async function standAlone(
  { sql, parameters = [], isOwnTransaction }: Statement,
  { connection, transaction, ledger, entry }: StandAloneParts,
): Promise<boolean> {
  const run = () => connection.query(sql, parameters.length > 0 ? parameters : undefined)
  try {
    if (isOwnTransaction) await transaction.begin()
    await run()
    if (!isOwnTransaction) return false
    await connection.query(ledger.finishStatement(entry))
    await transaction.commit()
    return true
  } catch (error) {
    await transaction.rollback()
    const isRefused = error instanceof DatabaseError && error.code === refusedInTransaction
    if (!(isOwnTransaction && isRefused)) throw error
    await run()
    return false
  }
}

/** SQLSTATE of what may not be in a transaction, which its words do not always tell: CLUSTER of a partitioned table. */
const refusedInTransaction = '25001'
