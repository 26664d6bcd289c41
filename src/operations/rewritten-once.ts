import { isDeepStrictEqual } from 'node:util'
import type { Operation } from './operation.ts'

/** The operations, with an enum that several in a row would write anew written anew once. */
export function rewrittenOnce(operations: readonly Operation[]): Operation[] {
  const written: Operation[] = []
  for (const operation of operations) {
    const last = written.at(-1)
    const both = last && asOne(last, operation)
    if (both === undefined) written.push(operation)
    else written[written.length - 1] = both
  }
  return written
}

function asOne(first: Operation, second: Operation): Operation | undefined {
  if (first.kind !== 'replaceEnumValues' || second.kind !== 'replaceEnumValues') return undefined
  if (first.mapping !== undefined || second.mapping !== undefined) return undefined
  const isNext = isDeepStrictEqual(first.values, second.existing)
  const isAlike = isDeepStrictEqual(
    { ...first, values: [], existing: [] },
    { ...second, values: [], existing: [] },
  )
  return isNext && isAlike ? { ...second, existing: first.existing } : undefined
}
