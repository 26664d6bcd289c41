import { LimbeckError } from '../../errors.ts'
import { type Caller, captureCaller, readLocation, rememberCaller } from '../location.ts'
import { namedOperation } from '../named-operation.ts'
import { Naming } from '../naming.ts'
import type { Manner, Operation, OperationTimeouts } from '../operation.ts'
import { requireNames } from './required-names.ts'

/** What `op.autocommit` may be told of all that is recorded inside. */
export interface AutocommitOptions {
  /** It may be done twice: where a run was killed during it, and nobody can tell whether it was done. */
  readonly repeatable?: boolean | undefined
}

/** Collects operations for as long as it is open. */
export class Recorder {
  #operations: Operation[] = []
  #isSealed = false
  /** What is said of all that is recorded now. */
  #manner: Manner | undefined
  /** Names what is recorded. */
  readonly naming: Naming

  constructor(naming: Naming = new Naming()) {
    this.naming = naming
  }

  /** Keeps an operation. It is called by a directive, and the directive by the script. */
  add(operation: Operation): void {
    if (this.#isSealed) throw sealed(operation)
    this.#keep(namedOperation(operation, this.naming), captureCaller(this.add, 2))
  }

  /** Keeps an operation whose names are final. */
  addFinished(operation: Operation): void {
    if (this.#isSealed) throw sealed(operation)
    requireNames(operation)
    this.#keep(operation, captureCaller(this.addFinished, 2))
  }

  #keep(operation: Operation, caller: Caller): void {
    const told = this.#manner === undefined ? operation : { ...operation, ...this.#manner }
    const kept = 'callback' in operation ? placed(told, caller) : told
    rememberCaller(kept, caller)
    this.#operations.push(kept)
  }

  /** Marks what is recorded meanwhile as work outside of transactions. */
  autocommit<T>(record: () => T, { repeatable }: AutocommitOptions = {}): T {
    return this.#within({ autocommit: repeatable ? 'repeatable' : true }, record)
  }

  /** Gives what is recorded meanwhile timeouts of its own; those around it hold for what they do not name. */
  withTimeouts<T>(timeouts: OperationTimeouts, record: () => T): T {
    return this.#within({ timeouts: { ...this.#manner?.timeouts, ...timeouts } }, record)
  }

  #within<T>(manner: Manner, record: () => T): T {
    const around = this.#manner
    this.#manner = { ...around, ...manner }
    try {
      return record()
    } finally {
      this.#manner = around
    }
  }

  /** What was recorded since this was last asked. */
  take(): Operation[] {
    const operations = this.#operations
    this.#operations = []
    return operations
  }

  /** From now on nothing is recorded. */
  seal(): void {
    this.#isSealed = true
  }
}

/** Code cannot be shown where it failed, so that it says its place in its own data. */
function placed(operation: Operation, caller: Caller): Operation {
  const location = readLocation(caller)
  if (location === undefined) return operation
  return {
    ...operation,
    location: `${location.file}:${location.line}:${location.column}`,
  } as Operation
}

function sealed({ kind }: Operation): LimbeckError {
  return new LimbeckError(
    'RECORDER_SEALED',
    `op.${kind} was called after the function that was given op had returned.`,
    {
      facts: { operation: kind },
      hint: 'Directives only record, so none needs to be awaited; work that waits goes into op.run(async ({ connection, op }) => …).',
    },
  )
}
