import type { BranchesInput } from '../../commands/inputs.ts'
import type { BranchesResult } from '../../commands/results/graph.ts'
import { defineCommand } from '../command.ts'
import { printBranches } from '../print/revisions.ts'

export const branches = defineCommand<BranchesInput, BranchesResult, Record<never, never>>({
  name: 'branches',
  summary: 'Show where the history branches: revisions that several others follow.',
  positionals: [],
  options: {},
  examples: [
    { line: 'limbeck branches', what: 'each branch point and what follows it' },
    { line: 'limbeck branches --verbose', what: 'all about each branch point, with messages' },
  ],
  input: () => ({}),
  load: async () => (await import('../../commands/branches.ts')).branches,
  print: printBranches,
})
