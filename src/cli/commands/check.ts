import type { CheckInput } from '../../commands/inputs.ts'
import type { CheckResult } from '../../commands/results/check.ts'
import { LimbeckError } from '../../errors.ts'
import { listed } from '../../text/sentences.ts'
import { defineCommand } from '../command.ts'
import { printCheck } from '../print/check.ts'
import { renameInput, renameOptions } from '../rename-options.ts'
import { replayOption } from '../replay-option.ts'

const options = { replay: replayOption, ...renameOptions } as const

export const check = defineCommand<CheckInput, CheckResult, typeof options>({
  name: 'check',
  summary: 'Say whether autogenerate would find anything to do.',
  description:
    'The exit status is 3 when it would, so that a CI job can stop there; else 7 when a script was edited after it had been applied.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck check', what: 'in CI, after `limbeck upgrade head`' },
    { line: 'limbeck check --replay', what: 'in CI, without a database' },
  ],
  input: ({ values }) => ({ replay: values.replay, renames: renameInput(values) }),
  load: async () => (await import('../../commands/check.ts')).check,
  print: printCheck,
  failure: result => pendingChanges(result) ?? editedScripts(result),
})

function pendingChanges({ pending, replay }: CheckResult): LimbeckError | undefined {
  if (pending.length === 0) return undefined
  const count = pending.length === 1 ? 'one change' : `${pending.length} changes`
  const [what, option] = replay ? ['What the revisions make', ' --replay'] : ['The database', '']
  return new LimbeckError(
    'PENDING_CHANGES',
    `${what} is ${count} away from what the target says.`,
    {
      facts: { pending: pending.length },
      hint: `Run \`limbeck revision --autogenerate${option} -m "…"\` to write them into a revision.`,
    },
  )
}

function editedScripts({ edited }: CheckResult): LimbeckError | undefined {
  if (edited.length === 0) return undefined
  const revisions = edited.map(({ revision }) => revision)
  return new LimbeckError(
    'SCRIPT_EDITED',
    `Edited after having been applied: ${listed(revisions)}.`,
    {
      facts: { revisions },
      hint: `Put the scripts back and write a new revision; or, where the database holds what they say now, \`limbeck stamp --accept ${revisions.join(' ')}\`.`,
    },
  )
}
