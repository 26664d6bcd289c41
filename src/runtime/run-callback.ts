import type { Connection, Dialect } from '../dialects/dialect.ts'
import { LiveOp, Recorder, type RunContext } from '../operations/op.ts'
import type { Operation, Run } from '../operations/operation.ts'
import type { Report } from './events.ts'
import { keepTransaction } from './keep-transaction.ts'

export interface RunCallbackOptions {
  readonly connection: Connection
  readonly dialect: Dialect
  readonly report: Report
}

/**
 * Calls the code of an `op.run` on the step's own connection. What it records through `op` runs at
 * `await op.flush()` and when it returns. The step's transaction has to outlive it.
 */
export function runCallback(run: Run, options: RunCallbackOptions): Promise<void> {
  return keepTransaction(options.connection, () => callBack(run, options))
}

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
