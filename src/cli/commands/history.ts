import type { HistoryInput } from '../../commands/inputs.ts'
import type { HistoryResult } from '../../commands/results.ts'
import { defineCommand } from '../command.ts'
import { printHistory } from '../print/revisions.ts'

const options = {
  'rev-range': {
    type: 'string',
    short: 'r',
    value: 'START:END',
    help: 'Only these; an end may be left out, or be `current`.',
  },
  'indicate-current': {
    type: 'boolean',
    short: 'i',
    help: 'Ask the database and mark the revisions it is at.',
  },
} as const

export const history = defineCommand<HistoryInput, HistoryResult, typeof options>({
  name: 'history',
  summary: 'List the revisions, newest first.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck history', what: 'all, one line each' },
    { line: 'limbeck history -r current:head', what: 'what an upgrade would run' },
    { line: 'limbeck history -r-3:current', what: 'the last three up to where the database is' },
  ],
  input: ({ values }) => ({
    range: values['rev-range'],
    indicateCurrent: values['indicate-current'],
  }),
  load: async () => (await import('../../commands/history.ts')).history,
  print: printHistory,
})
