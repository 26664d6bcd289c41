import { captureCaller, rememberCaller } from './location.ts'
import { Op, record } from './op.ts'
import { reverseAll } from './reverse.ts'

/**
 * Makes the downgrade of an upgrade whose operations can all be undone:
 * `export const downgrade = reversed(upgrade)`.
 */
export function reversed<C = unknown>(
  upgrade: (op: Op, context: C) => unknown,
): (op: Op, context?: C) => void {
  const caller = captureCaller(reversed)
  return (op, context) => {
    const recorded = record(own => upgrade(own, context as C), Op.namingOf(op))
    for (const operation of reverseAll(recorded)) {
      rememberCaller(operation, caller)
      op.invoke(operation)
    }
  }
}
