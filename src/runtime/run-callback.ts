import { DatabaseError } from '../dialects/database-error.ts'
import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LiveOp, Recorder, type RunContext } from '../operations/op.ts'
import type { Operation, Run } from '../operations/operation.ts'
import type { Report } from './events.ts'

export interface RunCallbackOptions {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly report: Report
}

/**
 * Calls the code of an `op.run` on the step's own connection. What it records through `op` runs at
 * `await op.flush()` and when it returns. The step's transaction has to outlive it.
 */
export async function runCallback(run: Run, options: RunCallbackOptions): Promise<void> {
  const { connection } = options
  await connection.query(`SAVEPOINT ${savepoint}`)
  await callBack(run, options)
  try {
    await connection.query(`RELEASE SAVEPOINT ${savepoint}`)
  } catch (error) {
    throw error instanceof DatabaseError && error.isAnswer ? transactionGone(error) : error
  }
}

const savepoint = 'limbeck_run'

/** Thrown where the code of an `op.run` has ended or broken the transaction that it ran in. */
export class TransactionGone extends Error {
  override readonly name = 'TransactionGone'
}

/** A savepoint is refused in a transaction that has failed; in another one it is not known. */
function transactionGone(error: DatabaseError): Error {
  if (error.code === failedTransaction)
    return new Error(
      'the database refused a statement of its code, which caught the error and went on. Let the error through, or set a savepoint before such a statement.',
    )
  return new TransactionGone(
    'its code ended the transaction of the run. Leave BEGIN, COMMIT and ROLLBACK out.',
  )
}

/** SQLSTATE of a transaction in which nothing but its end is possible. */
const failedTransaction = '25P02'

async function callBack(run: Run, options: RunCallbackOptions): Promise<void> {
  const recorder = new Recorder()
  const flush = () => runRecorded(recorder.take(), options)
  const { connection } = options
  const context: RunContext = { connection, op: new LiveOp(recorder, flush) }
  try {
    await (run.callback as (context: RunContext) => Promise<void> | void)(context)
    await flush()
  } finally {
    recorder.seal()
  }
}

async function runRecorded(
  operations: readonly Operation[],
  options: RunCallbackOptions,
): Promise<void> {
  const { connection, dialect, report } = options
  const { serverVersion } = connection
  for (const operation of operations) {
    if (operation.kind === 'run') {
      await runCallback(operation, options)
      continue
    }
    for (const { sql, parameters = [] } of dialect.compile(operation, { serverVersion })) {
      report({ type: 'statement', sql, parameters })
      await connection.query(sql, parameters)
    }
  }
}
