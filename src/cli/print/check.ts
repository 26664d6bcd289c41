import type { CheckResult } from '../../commands/results.ts'

/** Each pending change in a line, or the one line that says there is none. */
export function printCheck({ pending, notModelled }: CheckResult): string {
  const lines = [
    ...notModelled.map(object => `  not modelled: ${object}`),
    ...(pending.length === 0
      ? ['No new upgrade operations detected.']
      : pending.map(change => `  ${change.description}`)),
  ]
  return `${lines.join('\n')}\n`
}
