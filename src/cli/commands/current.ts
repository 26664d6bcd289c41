import type { CurrentInput } from '../../commands/inputs.ts'
import type { CurrentResult } from '../../commands/results.ts'
import { defineCommand } from '../command.ts'
import { printCurrent } from '../print/revisions.ts'

export const current = defineCommand<CurrentInput, CurrentResult, Record<never, never>>({
  name: 'current',
  summary: 'Show the revisions that the database is at.',
  positionals: [],
  options: {},
  examples: [
    { line: 'limbeck current', what: 'the ids' },
    { line: 'limbeck current --verbose', what: 'which database, and all about each revision' },
  ],
  input: () => ({}),
  load: async () => (await import('../../commands/current.ts')).current,
  print: printCurrent,
})
