import type { StampInput } from '../../commands/inputs.ts'
import type { StampResult } from '../../commands/results/move.ts'
import { defineCommand } from '../command.ts'
import { printMove } from '../print/move.ts'
import { waitLockOption } from '../wait-lock-option.ts'

const options = {
  sql: { type: 'boolean', help: 'Print the SQL instead of running it.' },
  purge: { type: 'boolean', help: 'Empty the version table first.' },
  accept: {
    type: 'boolean',
    help: 'Write no rows, but take the scripts of these applied revisions as they are now.',
  },
  'wait-lock': waitLockOption,
  tag: { type: 'string', value: 'TEXT', help: 'A word for env.ts: `context.getTagArgument()`.' },
} as const

export const stamp = defineCommand<StampInput, StampResult, typeof options>({
  name: 'stamp',
  summary: 'Say that the database is at a revision, without running anything.',
  positionals: [{ name: 'REVISION', help: 'One or more revisions.', isMany: true }],
  options,
  examples: [
    { line: 'limbeck stamp head', what: 'a database that was built by other means' },
    { line: 'limbeck stamp --accept 32cceb7bc6db', what: 'a script that was edited on purpose' },
    { line: 'limbeck stamp base', what: 'as if nothing had been applied' },
  ],
  input: ({ values, positionals }) => ({
    revisions: positionals,
    ...values,
    waitLock: values['wait-lock'],
  }),
  load: async () => (await import('../../commands/stamp.ts')).stamp,
  print: printMove,
})
