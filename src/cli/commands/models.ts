import type { ModelsInput } from '../../commands/inputs.ts'
import type { ModelsResult } from '../../commands/results/models.ts'
import { defineCommand } from '../command.ts'
import { printModels, printModelTexts } from '../print/models.ts'
import { usage } from '../read-options.ts'

const options = {
  'from-database': {
    type: 'boolean',
    help: 'What the models are made of; the only source so far.',
  },
  output: {
    type: 'string',
    value: 'PATH',
    help: 'The folder to write to (src/models); with --single-file the file (src/models.ts).',
  },
  'single-file': { type: 'boolean', help: 'Write one file in place of one for each table.' },
  tables: {
    type: 'string',
    value: 'NAMES',
    multiple: true,
    help: 'Only these tables and views, and what they need: `users,auth.*`.',
  },
  schema: {
    type: 'string',
    value: 'NAME',
    multiple: true,
    help: 'Only this schema, and what is needed by what is in it; may be repeated.',
  },
  force: { type: 'boolean', help: 'Replace files that say something else.' },
  'dry-run': { type: 'boolean', help: 'Only say which files would be written.' },
  stdout: { type: 'boolean', help: 'Print the models, and write nothing.' },
} as const

export const models = defineCommand<ModelsInput, ModelsResult, typeof options>({
  name: 'models',
  summary: 'Write models that say what a database is.',
  description:
    'Nothing of the database is changed. A file that is there and says something else is not replaced.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck models --from-database', what: 'every table of the database' },
    { line: 'limbeck models --from-database --schema auth --stdout', what: 'to look at' },
  ],
  input: ({ values }) => {
    if (!values['from-database'])
      throw usage('models needs to know what to make them of: --from-database.')
    return {
      output: values.output,
      singleFile: values['single-file'],
      tables: given(values.tables.flatMap(names => names.split(',')).filter(name => name !== '')),
      schemas: given(values.schema),
      force: values.force,
      dryRun: values['dry-run'] || values.stdout,
    }
  },
  load: async () => (await import('../../commands/models.ts')).models,
  print: (result, view, { stdout }) =>
    stdout ? printModelTexts(result, view) : printModels(result, view),
  isData: ({ stdout }) => stdout,
  isCode: ({ stdout }) => stdout,
})

const given = (words: readonly string[]) => (words.length === 0 ? undefined : words)
