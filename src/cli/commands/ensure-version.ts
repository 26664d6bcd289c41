import type { EnsureVersionInput } from '../../commands/inputs.ts'
import type { EnsureVersionResult } from '../../commands/results/ensure-version.ts'
import { defineCommand } from '../command.ts'
import { printEnsureVersion } from '../print/ensure-version.ts'
import { waitLockOption } from '../wait-lock-option.ts'

const options = {
  sql: { type: 'boolean', help: 'Print the SQL instead of running it; nothing is connected to.' },
  'wait-lock': waitLockOption,
} as const

export const ensureVersion = defineCommand<EnsureVersionInput, EnsureVersionResult, typeof options>(
  {
    name: 'ensure-version',
    summary: 'Create the version table and the ledger where they are missing.',
    description:
      'The first run creates them too. Done beforehand, by a role that may create tables, the role that runs the revisions need not be one.',
    positionals: [],
    options,
    examples: [
      { line: 'limbeck ensure-version', what: 'in the database' },
      { line: 'limbeck ensure-version --sql', what: 'for a DBA' },
    ],
    input: ({ values }) => ({ sql: values.sql, waitLock: values['wait-lock'] }),
    load: async () => (await import('../../commands/ensure-version.ts')).ensureVersion,
    print: printEnsureVersion,
  },
)
