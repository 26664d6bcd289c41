import type { RebaseInput } from '../../commands/inputs.ts'
import type { RebaseResult } from '../../commands/results/revision.ts'
import { defineCommand } from '../command.ts'
import { printRebase } from '../print/rebase.ts'

const options = {
  onto: {
    type: 'string',
    value: 'REVISION',
    help: 'The head that it shall follow; the other one by default.',
  },
} as const

export const rebase = defineCommand<RebaseInput, RebaseResult, typeof options>({
  name: 'rebase',
  summary: 'Put your own revisions behind the other head.',
  description:
    'Of two heads, the one that the database has not been moved to is yours. The first revision of its line gets the other head as its down revision: that file alone is rewritten, the ids stay. A line that the database has, in part or whole, is refused.',
  positionals: [
    {
      name: 'REVISION',
      help: 'A revision of your own line, where it cannot be told.',
      isOptional: true,
    },
  ],
  options,
  examples: [
    { line: 'limbeck rebase', what: 'after a git merge that left two heads' },
    { line: 'limbeck rebase 3f2a', what: 'where the database has neither line' },
  ],
  input: ({ values: { onto }, positionals: [revision] }) => ({ revision, onto }),
  load: async () => (await import('../../commands/rebase.ts')).rebase,
  print: printRebase,
})
