import type { InitResult } from '../../commands/results.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** What was made, what was left alone, and what to do next. */
export function printInit(result: InitResult, { cwd, colours }: View): string {
  const lines = [
    ...result.written.map(path => `  wrote   ${shownPath(path, cwd)}`),
    ...result.changed.map(path => `  changed ${shownPath(path, cwd)}`),
    ...result.skipped.map(({ path, reason }) => `  skipped ${shownPath(path, cwd)}: ${reason}`),
    '',
    colours.bold('Next:'),
    ...result.next.map(step => `  ${step}`),
  ]
  return `${lines.join('\n')}\n`
}
