import type { OurAnswer } from './run-text.ts'
import type { Answer, StepAnswer } from './vector.ts'

type Mutation<A> = (answer: A) => A | undefined

/** Defects as an implementation could have them, each made in a right answer that it applies to. */
const mutations: Readonly<Record<string, Mutation<Answer>>> = {
  'the first step is missing': answer => withSteps(answer, steps => steps.slice(1)),
  'the last step is missing': answer => withSteps(answer, steps => steps.slice(0, -1)),
  'the last step runs twice': answer => withSteps(answer, steps => [...steps, ...steps.slice(-1)]),
  'the steps run in the opposite order': answer =>
    withSteps(answer, steps => (steps.length > 1 ? [...steps].reverse() : steps)),
  'a step has no row changes': answer =>
    withSteps(answer, ([step, ...rest]) => [
      { ...step!, deletes: [], inserts: [], updates: [] },
      ...rest,
    ]),
  'a step leaves a row behind': answer =>
    withSteps(answer, steps =>
      steps.map(step => ({
        ...step,
        deletes: [],
        inserts: [...step.inserts, ...step.updates.map(([, to]) => to)],
        updates: [],
      })),
    ),
  'a row is left over at the end': answer =>
    answer.headsAfter && { ...answer, headsAfter: [...answer.headsAfter, 'zzzz'].sort() },
  'a row is missing at the end': answer =>
    answer.headsAfter?.length ? { ...answer, headsAfter: answer.headsAfter.slice(1) } : undefined,
  'a listing lacks its first entry': answer =>
    answer.revs?.length ? { ...answer, revs: answer.revs.slice(1) } : undefined,
  'a listing lacks its last entry': answer =>
    answer.revs?.length ? { ...answer, revs: answer.revs.slice(0, -1) } : undefined,
  'a listing has an entry more': answer =>
    answer.revs && { ...answer, revs: [...answer.revs, 'zzzz'] },
  'a listing is upside down': answer =>
    answer.revs && answer.revs.length > 1
      ? { ...answer, revs: [...answer.revs].reverse() }
      : undefined,
  'an error is another': ({ error }) =>
    error && { error: { category: error.category === 'cycle' ? 'not-a-head' : 'cycle' } },
  'an error says that the name is unknown': ({ error }) =>
    error && { error: { category: 'no-such-revision' } },
  'an error is none: nothing is done': ({ error }) => error && { steps: [], headsAfter: [] },
  'an error is none: nothing is listed': ({ error }) => error && { revs: [] },
  'what works is refused': answer =>
    answer.error ? undefined : { error: { category: 'no-such-revision' } },
  'what works is out of range': answer =>
    answer.error ? undefined : { error: { category: 'relative-out-of-range' } },
  'what works fails inside': answer =>
    answer.error ? undefined : { error: { category: 'INTERNAL' } },
}

function withSteps(
  answer: Answer,
  change: (steps: readonly StepAnswer[]) => readonly StepAnswer[],
): Answer | undefined {
  return answer.steps?.length ? { ...answer, steps: change(answer.steps) } : undefined
}

/** The answer with each defect that it can have and that makes it another. */
export function mutantsOf(answer: Answer): [name: string, mutant: Answer][] {
  return Object.entries(mutations).flatMap(([name, mutate]): [string, Answer][] => {
    const mutant = mutate(answer)
    return mutant === undefined || said(mutant) === said(answer) ? [] : [[name, mutant]]
  })
}

/** What of an answer counts: of an error its category. */
const said = ({ error, ...rest }: Answer): string => error?.category ?? JSON.stringify(rest)

const textMutations: Readonly<Record<string, Mutation<OurAnswer>>> = {
  'the first line is missing': answer => withLines(answer, lines => lines.slice(1)),
  'the last line is missing': answer => withLines(answer, lines => lines.slice(0, -1)),
  'the last line is there twice': answer =>
    withLines(answer, lines => [...lines, ...lines.slice(-1)]),
  'two lines have changed places': answer =>
    withLines(answer, ([first, second, ...rest]) => [second, first, ...rest].filter(isText)),
  'a word is another': answer =>
    withLines(answer, lines => lines.map(line => line.replace(/\w+(?=\W*$)/, 'zzzz'))),
  'a mark is missing': answer =>
    withLines(answer, lines => lines.map(line => line.replace(/ \([^()]*\)/, ''))),
  'nothing is printed': answer => withLines(answer, () => []),
  'it fails with another error': answer =>
    answer.exit === 0 ? undefined : { ...answer, stderr_category: 'error:INTERNAL' },
  'it fails where it should not': answer =>
    answer.exit === 0
      ? { ...answer, stderr_category: 'error:no-such-revision', exit: 1, documentedExit: 1 }
      : undefined,
  'it does not fail where it should': answer =>
    answer.exit === 0 ? undefined : { ...answer, stderr_category: null, exit: 0, stdout: '' },
  'its exit status is not that of its error': answer => ({ ...answer, exit: answer.exit + 7 }),
  'a row is left over': answer =>
    answer.rowsAfter && { ...answer, rowsAfter: [...answer.rowsAfter, 'zzzz'] },
  'a row is missing': answer =>
    answer.rowsAfter?.length ? { ...answer, rowsAfter: answer.rowsAfter.slice(1) } : undefined,
  'a step is not told': answer =>
    answer.log.length > 0 ? { ...answer, log: answer.log.slice(1) } : undefined,
  'a warning is not given': answer =>
    answer.warnings.length > 0 ? { ...answer, warnings: [] } : undefined,
}

const isText = (line: string | undefined) => line !== undefined

/** What stdout holds of a failure is not compared, so that there is nothing to be told apart. */
function withLines(
  answer: OurAnswer,
  change: (lines: readonly string[]) => readonly (string | undefined)[],
): OurAnswer | undefined {
  if (answer.exit !== 0) return undefined
  const lines = answer.stdout.split(/(?<=\n)/)
  return { ...answer, stdout: change(lines).join('') }
}

/** What a command line did, with each defect that it can have. */
export function textMutantsOf(answer: OurAnswer): [name: string, mutant: OurAnswer][] {
  return Object.entries(textMutations).flatMap(([name, mutate]): [string, OurAnswer][] => {
    const mutant = mutate(answer)
    const isSame = mutant === undefined || JSON.stringify(mutant) === JSON.stringify(answer)
    return isSame ? [] : [[name, mutant]]
  })
}
