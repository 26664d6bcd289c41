import type { Connection } from '../../dialects/dialect.ts'
import { spared } from '../../dialects/interruptible-connection.ts'
import type { TimeoutSql, Timeouts } from '../../dialects/timeouts.ts'
import type { Backfill, Operation, Run } from '../../operations/operation.ts'
import type { Statement, StepItem } from '../../operations/statement.ts'
import type { Report } from '../events.ts'
import type { Transaction } from '../transaction.ts'
import { limitTransactions, type RunLimits } from './limits.ts'
import { namesOf, timeoutsOf } from './operation-timeouts.ts'

export interface OutsideParts {
  readonly connection: Connection
  readonly transaction: Transaction
  readonly report: Report
  readonly limits?: RunLimits | undefined
  /** A pooler lends the session to others between transactions: what is set for it would be theirs. */
  readonly isPooled?: boolean | undefined
}

/** Does what is outside of the run's transaction under the timeouts that hold there. */
export async function limitedOutside<T>(
  item: StepItem,
  parts: OutsideParts,
  work: () => Promise<T>,
): Promise<T> {
  const { limits, transaction } = parts
  const operation = operationOf(item)
  const own = operation?.timeouts && timeoutsOf(operation.timeouts)
  if (limits === undefined) return work()
  // Transactions of its own are begun with what holds for it.
  if (own !== undefined) limitTransactions(transaction, limits, own)
  try {
    return await (hasTransactions(item) ? work() : inSession(item, { ...parts, limits, own }, work))
  } finally {
    if (own !== undefined) limitTransactions(transaction, limits)
  }
}

/** What an item was recorded as. */
export const operationOf = (item: Statement | Run | Backfill): Operation | undefined =>
  'kind' in item ? item : item.operation

const hasTransactions = (item: StepItem): boolean =>
  'kind' in item ? item.kind === 'backfill' : item.isOwnTransaction === true

async function inSession<T>(
  item: StepItem,
  parts: OutsideParts & { readonly limits: RunLimits; readonly own: Timeouts | undefined },
  work: () => Promise<T>,
): Promise<T> {
  const { connection, limits, own, isPooled, report } = parts
  const wanted = timeoutsOutside(item, limits.sql, limits.timeouts)
  const names = namesOf(wanted)
  if (names.length === 0) return work()
  if (isPooled) {
    if (own !== undefined) report({ type: 'warning', message: notSet })
    return work()
  }
  await connection.executeAll(limits.sql.setSession(wanted))
  try {
    return await work()
  } finally {
    // A session that is gone has nothing to be set back.
    const back = limits.sql.setSession(only(limits.found, names))
    await spared(connection)
      .executeAll(back)
      .catch(() => {})
  }
}

/**
 * The timeouts of what has no transaction: the usual ones, but none for its waiting where that is in nobody's
 * way, and over them its own.
 */
export function timeoutsOutside(item: StepItem, sql: TimeoutSql, usual: Timeouts): Timeouts {
  const isQuiet = !('kind' in item) && sql.waitsQuietly(item.sql)
  const timeouts = operationOf(item)?.timeouts
  const own = timeouts === undefined ? {} : timeoutsOf(timeouts)
  return {
    lock: own.lock ?? (isQuiet ? undefined : usual.lock),
    statement: own.statement ?? usual.statement,
  }
}

const notSet =
  'Behind a pooler timeouts cannot be set for what runs outside of transactions: it takes as long as it takes.'

const only = (timeouts: Timeouts, names: readonly (keyof Timeouts)[]): Timeouts =>
  Object.fromEntries(names.map(name => [name, timeouts[name]]))
