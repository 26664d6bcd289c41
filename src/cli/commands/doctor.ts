import type { DoctorInput } from '../../commands/inputs.ts'
import type { DoctorResult } from '../../commands/results/doctor.ts'
import { LimbeckError } from '../../errors.ts'
import { counted } from '../../text/sentences.ts'
import { defineCommand } from '../command.ts'
import { printDoctor } from '../print/doctor.ts'

const options = {} as const

export const doctor = defineCommand<DoctorInput, DoctorResult, typeof options>({
  name: 'doctor',
  summary: 'Look at all that a run needs, and say what is wrong and how to mend it.',
  description:
    'It goes as far as it can, also without a database, and changes nothing. The exit status is 1 when something is a problem; notes and warnings leave it 0.',
  positionals: [],
  options,
  examples: [
    { line: 'limbeck doctor', what: 'one page of findings' },
    { line: 'limbeck doctor --json', what: 'for a program' },
  ],
  input: () => ({}),
  load: async () => (await import('../../commands/doctor.ts')).doctor,
  print: printDoctor,
  failure: problemsFound,
})

function problemsFound({ counts, findings }: DoctorResult): LimbeckError | undefined {
  if (counts.problem === 0) return undefined
  const problems = findings.filter(({ status }) => status === 'problem')
  return new LimbeckError('PROBLEMS_FOUND', `${counted(counts.problem, 'problem')} found.`, {
    facts: { problems },
    hint: 'Each stands above with its fix; the first may be the cause of the others.',
  })
}
