import type { RevisionInput } from '../../commands/inputs.ts'
import type { RevisionResult } from '../../commands/results/revision.ts'
import { defineCommand } from '../command.ts'
import { newRevisionInput, newRevisionOptions } from '../new-revision-options.ts'
import { printRevision } from '../print/revision.ts'
import { askingRenames, renameInput, renameOptions } from '../rename-options.ts'
import { replayOption } from '../replay-option.ts'

const options = {
  message: { type: 'string', short: 'm', value: 'TEXT', help: 'What the revision does.' },
  autogenerate: {
    type: 'boolean',
    help: 'Fill the script with what leads from the database to the target.',
  },
  replay: replayOption,
  sql: {
    type: 'boolean',
    help: 'Run env.ts offline, where `revisionEnvironment` has it run; the file is written all the same.',
  },
  head: {
    type: 'string',
    value: 'REVISION',
    help: 'What it follows: by default the only head; `base` starts a line of its own.',
  },
  splice: {
    type: 'boolean',
    help: 'Let it follow a revision that others follow already, and so start a branch.',
  },
  ...newRevisionOptions,
  online: {
    type: 'boolean',
    help: 'With --autogenerate: in forms that keep nobody out of a table for long, in several files where they must be; by default what `online` in the config says.',
  },
  'no-online': {
    type: 'boolean',
    help: 'With --autogenerate: in one file, whatever the config says.',
  },
  ...renameOptions,
  map: {
    type: 'string',
    multiple: true,
    value: 'ENUM.OLD=NEW',
    help: 'With --autogenerate: what becomes of an enum value that goes, as in `status.lost=open`; may be given several times.',
  },
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
    {
      line: 'limbeck revision --autogenerate --replay -m "create users"',
      what: 'the same without a database',
    },
    {
      line: 'limbeck revision --autogenerate --rename users.nick=nickname -m "full names"',
      what: 'a column that has another name now',
    },
    {
      line: 'limbeck revision -m "start billing" --head base --branch-label billing',
      what: 'a line of its own',
    },
  ],
  input: ({ values }, _ask, choose) => ({
    message: values.message,
    autogenerate: values.autogenerate,
    replay: values.replay,
    sql: values.sql,
    head: values.head,
    splice: values.splice,
    ...newRevisionInput(values),
    online: values['no-online'] ? false : values.online || undefined,
    renames: renameInput(values),
    mappings: values.map,
    askRename: choose && askingRenames(choose),
    allowEmpty: values['allow-empty'],
  }),
  load: async () => (await import('../../commands/revision.ts')).revision,
  print: printRevision,
})
