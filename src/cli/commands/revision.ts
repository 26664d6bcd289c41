import type { RevisionInput } from '../../commands/inputs.ts'
import type { RevisionResult } from '../../commands/results.ts'
import { defineCommand } from '../command.ts'
import { printRevision } from '../print/revision.ts'

const options = {
  message: { type: 'string', short: 'm', value: 'TEXT', help: 'What the revision does.' },
  autogenerate: {
    type: 'boolean',
    help: 'Fill the script with what leads from the database to the target.',
  },
  'rev-id': { type: 'string', value: 'ID', help: 'The id, in place of twelve random digits.' },
  'allow-empty': { type: 'boolean', help: 'Write a file even when nothing has changed.' },
} as const

export const revision = defineCommand<RevisionInput, RevisionResult, typeof options>({
  name: 'revision',
  summary: 'Write a new revision file.',
  description:
    'With --autogenerate the database is compared with the target of env.ts. What is proposed is applied, undone and applied again in a scratch database before the file is written. Nothing is written when nothing has changed.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck revision -m "create users"', what: 'an empty script to fill in' },
    { line: 'limbeck revision --autogenerate -m "create users"', what: 'from the models' },
  ],
  input: ({ values }) => ({
    message: values.message,
    autogenerate: values.autogenerate,
    revId: values['rev-id'],
    allowEmpty: values['allow-empty'],
  }),
  load: async () => (await import('../../commands/revision.ts')).revision,
  print: printRevision,
})
