import type { MergeInput } from '../../commands/inputs.ts'
import type { MergeResult } from '../../commands/results/revision.ts'
import { defineCommand } from '../command.ts'
import { newRevisionInput, newRevisionOptions } from '../new-revision-options.ts'
import { printRevision } from '../print/revision.ts'

const options = {
  message: { type: 'string', short: 'm', value: 'TEXT', help: 'What the revision does.' },
  splice: { type: 'boolean', help: 'Let it follow revisions that others follow already.' },
  ...newRevisionOptions,
  'no-proof': {
    type: 'boolean',
    help: 'Write it without running the branches, or although they do not go together.',
  },
} as const

export const merge = defineCommand<MergeInput, MergeResult, typeof options>({
  name: 'merge',
  summary: 'Write a revision that joins branches.',
  description:
    'The branches run in scratch databases, from base and in each order. They have to go through and to give the same schema: otherwise the statement that fails, or what differs, is shown and nothing is written. Code of op.run is called only where it says { scratch: true }. Where there is no place for a scratch database, the file is written and a warning says that nothing was proved.',
  positionals: [
    {
      name: 'REVISION',
      help: 'What is joined, such as `heads`; by default every head.',
      isOptional: true,
      isMany: true,
    },
  ],
  options,
  examples: [
    { line: 'limbeck merge heads -m "merge carts and orders"', what: 'all heads' },
    { line: 'limbeck merge 27c6 ae10', what: 'these two' },
  ],
  input: ({ values, positionals }) => ({
    revisions: positionals,
    message: values.message,
    splice: values.splice,
    ...newRevisionInput(values),
    prove: !values['no-proof'],
  }),
  load: async () => (await import('../../commands/merge.ts')).merge,
  print: printRevision,
})
