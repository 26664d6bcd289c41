import { parseDuration } from '../../config/duration.ts'
import type { Connection } from '../../dialects/dialect.ts'
import { runStatements } from '../../dialects/run-statements.ts'
import {
  type TimeoutName,
  type TimeoutSql,
  type Timeouts,
  timeoutNames,
} from '../../dialects/timeouts.ts'
import type { OperationTimeouts } from '../../operations/operation.ts'
import type { Statement } from '../../operations/statement.ts'

/** What holds around operations that have timeouts of their own, and the SQL to change it. */
export interface AroundTimeouts {
  readonly sql: TimeoutSql
  /** What holds in the transaction; what is absent is as the session has it. */
  readonly around: Timeouts
}

/** An operation's own timeouts in milliseconds. */
export const timeoutsOf = ({ lockTimeout, statementTimeout }: OperationTimeouts): Timeouts => ({
  lock: lockTimeout === undefined ? undefined : parseDuration(lockTimeout),
  statement: statementTimeout === undefined ? undefined : parseDuration(statementTimeout),
})

/** Statements of a transaction; before and behind those that have timeouts of their own, what sets these and sets them back. */
export function timed(
  statements: readonly Statement[],
  around: AroundTimeouts | undefined,
): readonly Statement[] {
  const isPlain = statements.every(({ operation }) => operation?.timeouts === undefined)
  if (around === undefined || isPlain) return statements
  const all: Statement[] = []
  let current: OperationTimeouts | undefined
  const change = (own: OperationTimeouts | undefined) => {
    if (own === current) return
    if (current !== undefined) all.push(...setBack(current, around))
    if (own !== undefined) all.push(...setLocal(own, around))
    current = own
  }
  for (const statement of statements) {
    change(statement.operation?.timeouts)
    all.push(statement)
  }
  change(undefined)
  return all
}

/** Does something in a transaction under timeouts of its own. */
export async function underTimeouts(
  own: OperationTimeouts | undefined,
  { connection, around }: { connection: Connection; around?: AroundTimeouts | undefined },
  work: () => Promise<void>,
): Promise<void> {
  if (own === undefined || around === undefined) return work()
  await runStatements(connection, setLocal(own, around))
  await work()
  await runStatements(connection, setBack(own, around))
}

/** What sets an operation's own timeouts. */
export const setLocal = (own: OperationTimeouts, { sql }: AroundTimeouts): Statement[] =>
  sql.setLocal(timeoutsOf(own)).map(asStatement)

/** What sets them back to what holds around. */
export function setBack(own: OperationTimeouts, { sql, around }: AroundTimeouts): Statement[] {
  const back = (name: TimeoutName) =>
    around[name] === undefined ? sql.resetLocal([name]) : sql.setLocal({ [name]: around[name] })
  return namesOf(timeoutsOf(own)).flatMap(back).map(asStatement)
}

/** Those that are set. */
export const namesOf = (timeouts: Timeouts): TimeoutName[] =>
  timeoutNames.filter(name => timeouts[name] !== undefined)

const asStatement = (sql: string): Statement => ({ sql, transactional: true })
