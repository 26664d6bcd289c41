import { isDeepStrictEqual } from 'node:util'
import type { Verdict } from './judge.ts'
import type { OurAnswer } from './run-text.ts'
import { textDifferences } from './text-differences.ts'
import { isOffline, type TextAnswer, type TextVector } from './text-vector.ts'

/** Compares what limbeck's command line did with what was recorded, or with what the differences make of it. */
export function judgeText(vector: TextVector, ours: OurAnswer): Verdict {
  for (const recorded of [vector, ...(vector.alternatives ?? [])]) {
    const { answer, rules } = documented(vector, recorded)
    if (!isSame(vector, answer, ours)) continue
    return rules.length === 0 ? { kind: 'agrees' } : { kind: 'differs', by: rules.join('+') }
  }
  return { kind: 'fails' }
}

/** limbeck's answer by the book: the recorded one, after every rule that has a word to say. */
function documented(vector: TextVector, recorded: TextAnswer) {
  const rules: string[] = []
  let answer = recorded
  for (const difference of textDifferences) {
    const changed = difference.answer(vector, answer)
    if (changed === undefined) continue
    rules.push(difference.id)
    answer = changed
  }
  return { answer, rules }
}

function isSame(vector: TextVector, theirs: TextAnswer, ours: OurAnswer): boolean {
  const { log = [], warnings = [] } = theirs
  if (!isDeepStrictEqual(rowsAfter(vector, theirs), ours.rowsAfter)) return false
  if (theirs.exit !== 0 || ours.exit !== 0) return isSameFailure(theirs, ours)
  return (
    isDeepStrictEqual(log, ours.log) &&
    isDeepStrictEqual(warnings, ours.warnings) &&
    comparable(vector, theirs.stdout) === comparable(vector, ours.stdout)
  )
}

/** Where nothing else was recorded the rows stay as they are. */
function rowsAfter(vector: TextVector, { rowsAfter }: TextAnswer): readonly string[] | undefined {
  if (isOffline(vector)) return undefined
  return rowsAfter ?? [...vector.graph.rows].sort()
}

/** The text of a failure is limbeck's own, and so is its exit status: the one that its code has. */
function isSameFailure(theirs: TextAnswer, ours: OurAnswer): boolean {
  return (
    theirs.exit !== 0 &&
    ours.exit === ours.documentedExit &&
    theirs.stderr_category === ours.stderr_category
  )
}

/** Text as it is, but for blanks at the ends of lines of SQL and for an order that is not unique. */
function comparable(vector: TextVector, text: string): string {
  if (isOffline(vector)) return text.replace(/[ \t]+$/gm, '')
  return vector.notListed === undefined ? text : inAnyOrder(vector.argv[0]!, text)
}

/** Sorts what Alembic gives in no particular order: labels, what branches off, and what is current. */
function inAnyOrder(command: string, text: string): string {
  const sorted = (list: string) => list.split(', ').sort().join(', ')
  const lists = text
    .replace(/^(Branch(?:es into| names): )(.*)$/gm, (_, title, list) => title + sorted(list))
    .replace(/(?<=^(?! ).*)\((\S+(?:, \S+)+)\)/gm, (_, list) => `(${sorted(list)})`)
    .replace(/(?:^ +-> .*\n)+/gm, lines => `${lines.trimEnd().split('\n').sort().join('\n')}\n`)
  return command === 'current'
    ? lists
        .split(/^(?=\S)(?=Rev: |\w+(?: \(|$))/m)
        .sort()
        .join('')
    : lists
}
