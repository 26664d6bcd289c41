import type { SequenceChanges } from '../../../operations/operation.ts'
import type { SequenceOptions } from '../../../schema/index.ts'

/** Options of a new sequence, as CREATE SEQUENCE and AS IDENTITY (…) take them. */
export function sequenceOptions(options: SequenceOptions): string[] {
  return sequenceChanges(options)
}

/** Options to change; null sets one back to what the database would choose. */
export function sequenceChanges(changes: SequenceChanges): string[] {
  const { start, increment, minValue, maxValue, cache, cycle } = changes
  return [
    option(increment, value => `INCREMENT BY ${value}`, 'INCREMENT BY 1'),
    option(minValue, value => `MINVALUE ${value}`, 'NO MINVALUE'),
    option(maxValue, value => `MAXVALUE ${value}`, 'NO MAXVALUE'),
    option(start, value => `START WITH ${value}`, `START WITH ${usualStart(changes)}`),
    option(cache, value => `CACHE ${value}`, 'CACHE 1'),
    option(cycle, value => (value ? 'CYCLE' : 'NO CYCLE'), 'NO CYCLE'),
  ].flat()
}

function option<T>(value: T | null | undefined, say: (value: T) => string, usual: string) {
  if (value === undefined) return []
  return [value === null ? usual : say(value)]
}

/** A sequence begins at the end it counts away from. */
function usualStart({ increment, minValue, maxValue }: SequenceChanges): bigint {
  return (increment ?? 1n) > 0n ? (minValue ?? 1n) : (maxValue ?? -1n)
}

/** What turns one list of options into another; what only the first had goes back to the default. */
export function differences(from: SequenceOptions, to: SequenceOptions): SequenceChanges {
  const keys = ['increment', 'minValue', 'maxValue', 'cache', 'cycle'] as const
  const changed = keys.filter(key => from[key] !== to[key])
  const start = to.start ?? usualStart(to)
  return {
    ...Object.fromEntries(changed.map(key => [key, to[key] ?? null])),
    start: start === (from.start ?? usualStart(from)) ? undefined : start,
  }
}
