import type { InitInput } from '../../commands/inputs.ts'
import type { InitResult } from '../../commands/results/init.ts'
import { defineCommand } from '../command.ts'
import { printInit } from '../print/init.ts'

const options = {
  template: {
    type: 'string',
    short: 't',
    value: 'NAME',
    help: 'What env.ts and the script template start from (generic); see list-templates.',
  },
  embedded: {
    type: 'boolean',
    help: 'Use a PostgreSQL inside the project (PGlite) instead of a server.',
  },
  package: { type: 'boolean', help: 'Understood for the sake of Alembic; nothing to do.' },
} as const

export const init = defineCommand<InitInput, InitResult, typeof options>({
  name: 'init',
  summary: 'Write a config, env.ts, a script template and an empty versions folder.',
  description:
    'A config that is there already is left as it is; a folder that is not empty is refused.',
  positionals: [
    { name: 'DIRECTORY', help: 'The script directory (migrations).', isOptional: true },
  ],
  options,
  examples: [
    { line: 'limbeck init', what: 'for a PostgreSQL server' },
    { line: 'limbeck init --embedded', what: 'with a PostgreSQL inside the project' },
  ],
  input: ({ values: { template, embedded, package: isPackage }, positionals: [directory] }) => ({
    directory,
    template,
    embedded,
    package: isPackage,
  }),
  load: async () => (await import('../../commands/init.ts')).init,
  print: printInit,
})
