import type { ListTemplatesInput } from '../../commands/inputs.ts'
import type { ListTemplatesResult } from '../../commands/results/init.ts'
import { defineCommand } from '../command.ts'
import { printTemplates } from '../print/init.ts'

export const listTemplates = defineCommand<
  ListTemplatesInput,
  ListTemplatesResult,
  Record<never, never>
>({
  name: 'list-templates',
  summary: 'List what `init` can start from.',
  positionals: [],
  options: {},
  examples: [{ line: 'limbeck list-templates', what: 'each template in a line' }],
  input: () => ({}),
  load: async () => (await import('../../commands/list-templates.ts')).listTemplates,
  print: printTemplates,
})
