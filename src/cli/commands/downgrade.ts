import type { DowngradeInput, DowngradeLoss } from '../../commands/inputs.ts'
import type { DowngradeResult } from '../../commands/results/move.ts'
import { defineCommand } from '../command.ts'
import { printMove } from '../print/move.ts'
import type { Ask } from '../questions/yes-or-no.ts'
import { timeoutInput, timeoutOptions } from '../timeout-options.ts'
import { waitLockOption } from '../wait-lock-option.ts'

const options = {
  yes: { type: 'boolean', short: 'y', help: 'Do not ask before everything is undone.' },
  sql: { type: 'boolean', help: 'Print the SQL instead of running it; REVISION is then FROM:TO.' },
  atomic: { type: 'boolean', help: 'All or nothing: refuse a run that has to commit on its way.' },
  'wait-lock': waitLockOption,
  ...timeoutOptions,
  tag: { type: 'string', value: 'TEXT', help: 'A word for env.ts: `context.getTagArgument()`.' },
} as const

export const downgrade = defineCommand<DowngradeInput, DowngradeResult, typeof options>({
  name: 'downgrade',
  summary: 'Move the database down to a revision.',
  description:
    'A revision is an id or the beginning of one, `base` (before everything), or a number of steps such as `-1`. In a terminal, `base` says which tables go, with how many rows, and asks.',
  positionals: [{ name: 'REVISION', help: 'Where to go; with --sql FROM:TO.' }],
  options,
  examples: [
    { line: 'limbeck downgrade -1', what: 'one step' },
    { line: 'limbeck downgrade base', what: 'undo everything' },
    { line: 'limbeck downgrade head:base --sql > downgrade.sql', what: 'everything, as SQL' },
  ],
  input: ({ values: { yes, ...values }, positionals: [revision] }, ask) => ({
    revision: revision!,
    ...values,
    waitLock: values['wait-lock'],
    ...timeoutInput(values),
    confirm: ask && !yes ? loss => confirmed(loss, ask) : undefined,
  }),
  load: async () => (await import('../../commands/downgrade.ts')).downgrade,
  print: printMove,
})

async function confirmed(loss: DowngradeLoss, ask: Ask): Promise<boolean> {
  const { downgradeQuestion } = await import('../questions/downgrade.ts')
  return ask(downgradeQuestion(loss))
}
