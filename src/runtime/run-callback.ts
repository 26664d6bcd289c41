import type { Connection, Dialect } from '../dialects/dialect.ts'
import { spared, untilStopped } from '../dialects/interruptible-connection.ts'
import { describe } from '../operations/describe.ts'
import type { Naming } from '../operations/naming.ts'
import { LiveOp, Recorder, type RunContext } from '../operations/op.ts'
import type { Operation, Run } from '../operations/operation.ts'
import type { Statement } from '../operations/statement.ts'
import type { Report } from './events.ts'
import { keepTransaction } from './keep-transaction.ts'
import { StepConnection } from './step-connection.ts'
import { type AroundTimeouts, timed, underTimeouts } from './timeouts/operation-timeouts.ts'
import { toldStatement } from './told-statements.ts'

export interface RunCallbackOptions {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly report: Report
  /** Names what the code records. */
  readonly naming?: Naming | undefined
  /** The timeouts that hold in the transaction. */
  readonly around?: AroundTimeouts | undefined
}

/**
 * Calls the code of an `op.run` on the step's own connection. What it records through `op` runs at
 * `await op.flush()` and when it returns. The step's transaction has to outlive it; code of
 * `op.autocommit` has none, and may have its own.
 */
export function runCallback(run: Run, options: RunCallbackOptions): Promise<void> {
  const code = () => callBack(run, options)
  return run.autocommit
    ? leaveNoTransaction(options.connection, code)
    : keepTransaction(options.connection, () => underTimeouts(run.timeouts, options, code))
}

async function leaveNoTransaction(
  connection: Connection,
  code: () => Promise<void>,
): Promise<void> {
  const rollback = async () => {
    const isOpen = connection.isInTransaction?.() ?? false
    if (isOpen) await spared(connection).query('ROLLBACK')
    return isOpen
  }
  try {
    await code()
  } catch (error) {
    // A connection that is gone was rolled back by its server.
    await rollback().catch(() => undefined)
    throw error
  }
  if (await rollback())
    throw new Error(
      'its code left a transaction open, which was rolled back. Commit what it begins.',
    )
}

async function callBack(run: Run, options: RunCallbackOptions): Promise<void> {
  const recorder = new Recorder(options.naming)
  const flush = () => runRecorded(recorder.take(), run, options)
  const code = run.callback as (context: RunContext) => Promise<void> | void
  try {
    await StepConnection.lend(options.connection, connection =>
      untilStopped(options.connection, async () => {
        await code({ connection, op: new LiveOp(recorder, flush) })
        await flush()
      }),
    )
  } finally {
    recorder.seal()
  }
}

async function runRecorded(
  operations: readonly Operation[],
  run: Run,
  options: RunCallbackOptions,
): Promise<void> {
  const { connection, dialect, report, around } = options
  const { serverVersion } = connection
  for (const operation of operations) {
    if (operation.kind === 'run') {
      await runCallback({ ...operation, autocommit: run.autocommit }, options)
      continue
    }
    if (operation.kind === 'backfill') throw misplaced(operation, 'it has transactions of its own')
    const statements = dialect.compile(operation, { serverVersion })
    if (!run.autocommit) expectTransactional(operation, statements)
    for (const statement of timed(statements, run.autocommit ? undefined : around))
      await toldStatement(report, statement, () =>
        connection.query(statement.sql, statement.parameters ?? []),
      )
  }
}

function expectTransactional(operation: Operation, statements: readonly Statement[]): void {
  if (operation.autocommit) throw misplaced(operation, 'it is to be outside of transactions')
  if (statements.every(statement => statement.transactional)) return
  throw misplaced(operation, 'the database refuses it in a transaction')
}

function misplaced(operation: Operation, why: string): Error {
  return new Error(
    `${describe(operation).slice(2)} cannot be inside op.run, which is in the transaction of its revision: ${why}. Record it beside op.run, or put op.run into op.autocommit.`,
  )
}
