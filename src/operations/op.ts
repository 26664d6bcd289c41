import { checked } from '../declarations/checked.ts'
import { invalid, whatIs } from '../declarations/declaration.ts'
import { type FinalName, finalName } from '../declarations/final-name.ts'
import type { SqlText } from '../declarations/sql.ts'
import { LimbeckError } from '../errors.ts'
import type { Naming } from './naming.ts'
import type { Operation, OperationTimeouts } from './operation.ts'
import { type BackfillCodeOptions, type BackfillOptions, backfill } from './recorder/backfill.ts'
import { TableDirectives } from './recorder/directives/tables.ts'
import {
  type ExecuteOptions,
  execute,
  type RunConnection,
  type RunOptions,
  run,
} from './recorder/execute.ts'
import { type AutocommitOptions, Recorder } from './recorder/recorder.ts'
import { autocommitTakes, known, timeoutsTakes } from './recorder/takes.ts'

export type { RunConnection, RunOptions } from './recorder/execute.ts'
export { type AutocommitOptions, Recorder } from './recorder/recorder.ts'

/**
 * What `upgrade` and `downgrade` are given. Every directive records one change, in order; nothing
 * reaches a database before the function has returned. The last argument holds the options:
 * `schema`, and for drops and alters `existing`, the description of what was there.
 */
export class Op extends TableDirectives {
  /** Runs SQL as it stands; `reverse` is the SQL that undoes it. */
  execute(sql: SqlText, options: ExecuteOptions = {}): void {
    this.recorder.add(execute(sql, known('execute', [sql], options), this.recorder.naming.dialect))
  }

  /**
   * Changes the rows of a table in batches, each in a transaction of its own, so that nobody waits long
   * for a lock. A run that was interrupted goes on where it was.
   */
  backfill(table: string, options: BackfillOptions): void
  backfill<R = Record<string, unknown>>(
    table: string,
    options: BackfillCodeOptions<BackfillContext<R>>,
  ): void
  backfill(table: string, options: BackfillOptions | BackfillCodeOptions<never>): void {
    this.recorder.add(backfill(table, known('backfill', [table], options)))
  }

  /** Work that must read the database: runs in its place while the migration runs. */
  run(callback: (context: RunContext) => Promise<void> | void, options: RunOptions = {}): void {
    this.recorder.add(run(callback, known('run', [callback], options)))
  }

  /**
   * What is recorded inside runs outside of transactions: what came before is committed first, and
   * then each statement stands alone. `repeatable` says that what cannot be known to be done when a run
   * was killed may be done again: a CALL, a DO, the code of an `op.run`.
   */
  autocommit(record: (op: this) => unknown, options: AutocommitOptions = {}): void {
    if (typeof record !== 'function')
      throw invalid('op.autocommit', `what it is given is ${whatIs(record)}, not a function.`)
    const result = this.recorder.autocommit(
      () => record(this),
      checked('op.autocommit', autocommitTakes, [], options),
    )
    if (isThenable(result)) throw asynchronous(result, 'op.autocommit')
  }

  /**
   * What is recorded inside may wait so long for its locks (`lockTimeout: '10s'`), and take so long in all
   * (`statementTimeout: '5m'`); `'0'`: without end.
   */
  withTimeouts(timeouts: OperationTimeouts, record: (op: this) => unknown): void {
    checked('op.withTimeouts', timeoutsTakes, [timeouts, record])
    const result = this.recorder.withTimeouts(timeouts, () => record(this))
    if (isThenable(result)) throw asynchronous(result, 'op.withTimeouts')
  }

  /** Marks a name as it shall be: no naming convention changes it. */
  f(name: string): FinalName {
    return finalName(name)
  }

  /**
   * Records an operation that is already there, with the names that it has, or one of the project's own
   * (`defineOperation`).
   */
  invoke(operation: Operation): void {
    if (typeof operation !== 'object' || typeof operation?.kind !== 'string')
      throw invalid('op.invoke', `what it is given is ${whatIs(operation)}, not an operation.`)
    this.recorder.addFinished(operation)
  }

  /** What gives the indexes and constraints of an op their names. */
  static namingOf(op: Op): Naming {
    return op.recorder.naming
  }
}

/** What the code of `op.backfill` is given. */
export interface BackfillContext<R = Record<string, unknown>> {
  readonly connection: RunConnection
  /** The rows of this batch, in the order of the key. */
  readonly rows: readonly R[]
}

/** What the code of `op.run` is given. */
export interface RunContext {
  /** The session that the migration runs on, in its transaction. */
  readonly connection: RunConnection
  /** Records further operations, which run at `await op.flush()` and in the end. */
  readonly op: LiveOp
}

/** An op that works on a live database: what it recorded runs at `flush`. */
export class LiveOp extends Op {
  readonly #flush: () => Promise<void>

  constructor(recorder: Recorder, flush: () => Promise<void>) {
    super(recorder)
    this.#flush = flush
  }

  /** Runs what was recorded since the last time. */
  flush(): Promise<void> {
    return this.#flush()
  }
}

/** Calls `upgrade` or `downgrade` and gives the operations that it recorded. */
export function record(script: (op: Op) => unknown, naming?: Naming): Operation[] {
  const recorder = new Recorder(naming)
  try {
    const result = script(new Op(recorder))
    if (isThenable(result)) throw asynchronous(result, 'upgrade and downgrade')
    return recorder.take()
  } finally {
    recorder.seal()
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function'
  )
}

function asynchronous(promise: PromiseLike<unknown>, what: string): LimbeckError {
  // The rest of the function meets a sealed recorder: its rejection is this error's consequence.
  promise.then(undefined, () => {})
  return new LimbeckError(
    'SCRIPT_ASYNC',
    `The function returned a promise, but ${what} only record${what.includes(' ') ? '' : 's'}.`,
    {
      hint: 'Take async and await away; work that waits goes into op.run(async ({ connection, op }) => …).',
    },
  )
}
