import type { CheckDatabase, CheckResult } from '../../commands/results.ts'

/** Each pending change in a line, or the one line that says there is none; of several databases, each under its name. */
export function printCheck(result: CheckResult): string {
  const { databases } = result
  if (databases === undefined) return printDatabase(result)
  return databases.map(one => `${one.database}:\n${printDatabase(one)}`).join('')
}

function printDatabase({ pending, notModelled }: CheckDatabase): string {
  const lines = [
    ...notModelled.map(object => `  not modelled: ${object}`),
    ...(pending.length === 0
      ? ['No new upgrade operations detected.']
      : pending.map(change => `  ${change.description}`)),
  ]
  return `${lines.join('\n')}\n`
}
