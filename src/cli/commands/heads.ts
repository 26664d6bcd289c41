import type { HeadsInput } from '../../commands/inputs.ts'
import type { HeadsResult } from '../../commands/results/graph.ts'
import { defineCommand } from '../command.ts'
import { printHeads } from '../print/revisions.ts'

const options = {
  'resolve-dependencies': {
    type: 'boolean',
    help: 'Leave out a head that another revision depends on.',
  },
} as const

export const heads = defineCommand<HeadsInput, HeadsResult, typeof options>({
  name: 'heads',
  summary: 'Show the revisions that no other follows.',
  positionals: [],
  options,
  examples: [{ line: 'limbeck heads', what: 'more than one means that branches should be merged' }],
  input: ({ values }) => ({ resolveDependencies: values['resolve-dependencies'] }),
  load: async () => (await import('../../commands/heads.ts')).heads,
  print: printHeads,
})
