import type { CheckInput } from '../../commands/inputs.ts'
import type { CheckResult } from '../../commands/results.ts'
import { LimbeckError } from '../../errors.ts'
import { defineCommand } from '../command.ts'
import { printCheck } from '../print/check.ts'
import { renameInput, renameOptions } from '../rename-options.ts'
import { replayOption } from '../replay-option.ts'

const options = { replay: replayOption, ...renameOptions } as const

export const check = defineCommand<CheckInput, CheckResult, typeof options>({
  name: 'check',
  summary: 'Say whether autogenerate would find anything to do.',
  description: 'The exit status is 3 when it would, so that a CI job can stop there.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck check', what: 'in CI, after `limbeck upgrade head`' },
    { line: 'limbeck check --replay', what: 'in CI, without a database' },
  ],
  input: ({ values }) => ({ replay: values.replay, renames: renameInput(values) }),
  load: async () => (await import('../../commands/check.ts')).check,
  print: printCheck,
  failure: pendingChanges,
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
