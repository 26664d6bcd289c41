import type { ShowInput } from '../../commands/inputs.ts'
import type { ShowResult } from '../../commands/results/graph.ts'
import { defineCommand } from '../command.ts'
import { printShow } from '../print/revisions.ts'

export const show = defineCommand<ShowInput, ShowResult, Record<never, never>>({
  name: 'show',
  summary: 'Show all about a revision.',
  positionals: [{ name: 'REVISION', help: 'An id, `head`, `heads` or `current`.' }],
  options: {},
  examples: [
    { line: 'limbeck show head', what: 'the newest revision' },
    { line: 'limbeck show head -v', what: 'the same, and what the ledger of the database says' },
    { line: 'limbeck show current', what: 'where the database is' },
  ],
  input: ({ positionals: [revision], isVerbose }) => ({ revision: revision!, ledger: isVerbose }),
  load: async () => (await import('../../commands/show.ts')).show,
  print: printShow,
})
