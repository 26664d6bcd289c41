import { LimbeckError } from '../../errors.ts'
import { type Caller, captureCaller, readLocation, rememberCaller } from '../location.ts'
import { namedOperation } from '../named-operation.ts'
import { Naming } from '../naming.ts'
import type { Operation } from '../operation.ts'
import { requireNames } from './required-names.ts'

/** Collects operations for as long as it is open. */
export class Recorder {
  #operations: Operation[] = []
  #isSealed = false
  #isAutocommit = false
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
    const told = this.#isAutocommit ? { ...operation, autocommit: true } : operation
    const kept = 'callback' in operation ? placed(told, caller) : told
    rememberCaller(kept, caller)
    this.#operations.push(kept)
  }

  /** Marks what is recorded meanwhile as work outside of transactions. */
  autocommit<T>(record: () => T): T {
    const wasAutocommit = this.#isAutocommit
    this.#isAutocommit = true
    try {
      return record()
    } finally {
      this.#isAutocommit = wasAutocommit
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
