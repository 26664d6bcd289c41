import type { CheckDatabase, CheckResult } from '../../commands/results/check.ts'
import { editedWords } from '../../runtime/edited-words.ts'
import { openRenameLines } from '../rename-words.ts'
import { exceptCode } from './except-code.ts'
import type { View } from './view.ts'

/** Each pending change in a line, or the one line that says there is none; of several databases, each under its name. */
export function printCheck(result: CheckResult, view: View): string {
  const { databases } = result
  if (databases === undefined) return printDatabase(result, view)
  return databases.map(one => `${one.database}:\n${printDatabase(one, view)}`).join('')
}

function printDatabase(
  { pending, renames, notModelled, edited, replay }: CheckDatabase,
  view: View,
): string {
  const lines = [
    ...(replay?.notCalled.length ? [`  replayed${exceptCode(replay, view)}`] : []),
    ...notModelled.map(object => `  not modelled: ${object}`),
    ...(pending.length === 0
      ? ['No new upgrade operations detected.']
      : pending.map(change => `  ${change.description}`)),
    ...openRenameLines(renames),
    ...edited.map(one => `  ${editedWords(one, view.cwd)}`),
  ]
  return `${lines.join('\n')}\n`
}
