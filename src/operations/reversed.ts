import { captureCaller, rememberCaller } from './location.ts'
import { type Op, record } from './op.ts'
import { reverseAll } from './reverse.ts'

/**
 * Makes the downgrade of an upgrade whose operations can all be undone:
 * `export const downgrade = reversed(upgrade)`.
 */
export function reversed(upgrade: (op: Op) => unknown): (op: Op) => void {
  const caller = captureCaller(reversed)
  return op => {
    for (const operation of reverseAll(record(upgrade))) {
      rememberCaller(operation, caller)
      op.invoke(operation)
    }
  }
}
