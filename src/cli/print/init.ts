import type { InitResult, ListTemplatesResult } from '../../commands/results/init.ts'
import { shownPath } from './paths.ts'
import type { View } from './view.ts'

/** What was made, what was left alone, and what to do next. */
export function printInit(result: InitResult, { cwd, colours }: View): string {
  const lines = [
    ...result.notes.map(note => `  note    ${note}`),
    ...result.written.map(path => `  wrote   ${shownPath(path, cwd)}`),
    ...result.changed.map(path => `  changed ${shownPath(path, cwd)}`),
    ...result.skipped.map(({ path, reason }) => `  skipped ${shownPath(path, cwd)}: ${reason}`),
    '',
    colours.bold('Next:'),
    ...result.next.map(step => `  ${step}`),
  ]
  return `${lines.join('\n')}\n`
}

/** The templates, a line each, in the form of Alembic. */
export function printTemplates({ templates }: ListTemplatesResult): string {
  const lines = [
    'Available templates:',
    '',
    ...templates.map(({ name, description }) => `${name} - ${description}`),
    '',
    "Templates are used via the 'init' command, e.g.:",
    '',
    '  limbeck init --template generic ./migrations',
  ]
  return `${lines.join('\n')}\n`
}
