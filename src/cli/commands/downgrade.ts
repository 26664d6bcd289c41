import type { DowngradeInput } from '../../commands/inputs.ts'
import type { DowngradeResult } from '../../commands/results.ts'
import { defineCommand } from '../command.ts'
import { printMove } from '../print/move.ts'

const options = {
  sql: { type: 'boolean', help: 'Print the SQL instead of running it; REVISION is then FROM:TO.' },
} as const

export const downgrade = defineCommand<DowngradeInput, DowngradeResult, typeof options>({
  name: 'downgrade',
  summary: 'Move the database down to a revision.',
  description:
    'A revision is an id or the beginning of one, `base` (before everything), or a number of steps such as `-1`.',
  positionals: [{ name: 'REVISION', help: 'Where to go; with --sql FROM:TO.' }],
  options,
  examples: [
    { line: 'limbeck downgrade -1', what: 'one step' },
    { line: 'limbeck downgrade base', what: 'undo everything' },
    { line: 'limbeck downgrade head:base --sql > downgrade.sql', what: 'everything, as SQL' },
  ],
  input: ({ values: { sql }, positionals: [revision] }) => ({ revision: revision!, sql }),
  load: async () => (await import('../../commands/downgrade.ts')).downgrade,
  print: printMove,
})
