import type { HeadsInput } from '../../commands/inputs.ts'
import type { HeadsResult } from '../../commands/results.ts'
import { defineCommand } from '../command.ts'
import { printHeads } from '../print/revisions.ts'

export const heads = defineCommand<HeadsInput, HeadsResult, Record<never, never>>({
  name: 'heads',
  summary: 'Show the revisions that no other follows.',
  positionals: [],
  options: {},
  examples: [{ line: 'limbeck heads', what: 'more than one means that branches should be merged' }],
  input: () => ({}),
  load: async () => (await import('../../commands/heads.ts')).heads,
  print: printHeads,
})
