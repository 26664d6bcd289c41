import type { EditInput, RunProgram } from '../../commands/inputs.ts'
import type { EditResult } from '../../commands/results/revision.ts'
import { defineCommand } from '../command.ts'

export const edit = defineCommand<EditInput, EditResult, Record<never, never>>({
  name: 'edit',
  summary: 'Open the file of a revision in your editor.',
  description:
    'The editor is EDITOR or VISUAL, which may hold options (`code --wait`), else sensible-editor, editor, nano, vim or code, whichever is there.',
  positionals: [{ name: 'REVISION', help: 'An id, `head`, `heads` or `current`.' }],
  options: {},
  examples: [
    { line: 'limbeck edit head', what: 'the newest revision' },
    { line: 'EDITOR="code --wait" limbeck edit 32cc', what: 'one by the beginning of its id' },
  ],
  input: ({ positionals: [revision] }) => ({ revision: revision!, runProgram }),
  load: async () => (await import('../../commands/edit.ts')).edit,
  print: () => '',
})

/** Loaded only now: Node's own module for processes is felt at every start. */
const runProgram: RunProgram = async (program, words) => {
  const { runInTerminal } = await import('../run-program.ts')
  return runInTerminal(program, words)
}
