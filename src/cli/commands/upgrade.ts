import type { UpgradeInput } from '../../commands/inputs.ts'
import type { UpgradeResult } from '../../commands/results/move.ts'
import { defineCommand } from '../command.ts'
import { printMove } from '../print/move.ts'
import { timeoutInput, timeoutOptions } from '../timeout-options.ts'
import { waitLockOption } from '../wait-lock-option.ts'

const options = {
  sql: { type: 'boolean', help: 'Print the SQL instead of running it; nothing is connected to.' },
  atomic: { type: 'boolean', help: 'All or nothing: refuse a run that has to commit on its way.' },
  'wait-lock': waitLockOption,
  ...timeoutOptions,
  tag: { type: 'string', value: 'TEXT', help: 'A word for env.ts: `context.getTagArgument()`.' },
} as const

export const upgrade = defineCommand<UpgradeInput, UpgradeResult, typeof options>({
  name: 'upgrade',
  summary: 'Move the database up to a revision.',
  description:
    'A revision is an id or the beginning of one, `head`, `heads`, or a number of steps such as `+1`.',
  positionals: [{ name: 'REVISION', help: 'Where to go; with --sql also FROM:TO.' }],
  options,
  examples: [
    { line: 'limbeck upgrade head', what: 'to the newest revision' },
    { line: 'limbeck upgrade +1', what: 'one step' },
    { line: 'limbeck upgrade head --sql > upgrade.sql', what: 'everything, as SQL' },
  ],
  input: ({ values, positionals: [revision] }) => ({
    revision: revision!,
    ...values,
    waitLock: values['wait-lock'],
    ...timeoutInput(values),
  }),
  load: async () => (await import('../../commands/upgrade.ts')).upgrade,
  print: printMove,
})
