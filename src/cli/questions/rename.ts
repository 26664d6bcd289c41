import type { RenameQuestion } from '../../autogenerate/renames/answers.ts'
import { LimbeckError } from '../../errors.ts'
import { kindWord } from '../rename-words.ts'
import type { Choose } from './choose.ts'

/** Asks what something new was called before: the position of a choice, or undefined where it is new. */
export async function chooseRename(
  question: RenameQuestion,
  choose: Choose,
): Promise<number | undefined> {
  const { kind, name, choices } = question
  const chosen = await choose(`The target has a new ${kindWord(kind)}, ${name}. It is`, [
    `new: ${choices.map(({ from }) => from).join(' and ')} ${choices.length > 1 ? 'are' : 'is'} dropped`,
    ...choices.map(({ from, reasons }) => `renamed from ${from}${because(reasons)}`),
  ])
  if (chosen === undefined) throw notAnswered(name)
  return chosen === 0 ? undefined : chosen - 1
}

const because = (reasons: readonly string[]): string =>
  reasons.length === 0 ? '' : ` (${reasons.join(', ')})`

function notAnswered(name: string): LimbeckError {
  return new LimbeckError(
    'ABORTED',
    `What ${name} was before was not answered: nothing was written.`,
    {
      hint: 'Answer beforehand with `--rename`; `--no-renames` says that everything is new.',
    },
  )
}
